package io.dougong.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LanguageTest {

    private static final Pattern SAID =
            Pattern.compile("say\\(\\s*(?:[\\w.()!]+ \\? )?\"([\\w.-]+)\"(?: : \"([\\w.-]+)\")?");
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(Language.ZH.texts().keySet()).isEqualTo(Language.EN.texts().keySet());
    }

    @Test
    void bothLanguagesUseTheSameValues() {
        Language.EN
                .texts()
                .forEach((key, text) -> assertThat(places(Language.ZH.texts().getOrDefault(key, "")))
                        .as(key)
                        .isEqualTo(places(text)));
    }

    private static Set<String> places(String text) {
        Set<String> places = new TreeSet<>();
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) {
            places.add(matcher.group(1));
        }
        return places;
    }

    @Test
    void everyTextThatThePagesSayIsThere() throws IOException {
        Path sources = Path.of("src", "main", "java", "io", "dougong", "server", "console");
        Set<String> said = new TreeSet<>();
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                Matcher matcher = SAID.matcher(Files.readString(file));
                while (matcher.find()) {
                    said.add(matcher.group(1));
                    if (matcher.group(2) != null) {
                        said.add(matcher.group(2));
                    }
                }
            }
        }
        List<String> whole = said.stream().filter(key -> !key.endsWith(".")).toList();
        assertThat(whole).hasSizeGreaterThan(50);
        assertThat(Language.EN.texts().keySet()).containsAll(whole);
    }
}
