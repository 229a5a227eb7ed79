package io.dougong.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The languages of the console, each with every text. */
@SuppressWarnings("ImmutableEnumChecker") // the texts are read once and never changed
public enum Language {
    EN("en", Locale.US),
    ZH("zh-CN", Locale.SIMPLIFIED_CHINESE);

    private final String tag;
    private final Locale locale;
    private final Map<String, String> texts;

    Language(String tag, Locale locale) {
        this.tag = tag;
        this.locale = locale;
        this.texts = read("/console/texts_" + tag.substring(0, 2) + ".properties");
    }

    private static Map<String, String> read(String resource) {
        try (InputStream in = Objects.requireNonNull(Language.class.getResourceAsStream(resource), resource)) {
            Properties properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            Map<String, String> texts = new TreeMap<>();
            properties.forEach((key, text) -> texts.put((String) key, (String) text));
            return Collections.unmodifiableMap(texts);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Chosen by name, or else the first that the browser accepts. */
    public static Language of(@Nullable String chosen, @Nullable String accepted) {
        String wanted = chosen != null && !chosen.isEmpty() ? chosen : accepted == null ? "" : accepted;
        return wanted.strip().toLowerCase(Locale.ROOT).startsWith("zh") ? ZH : EN;
    }

    public String tag() {
        return tag;
    }

    Locale locale() {
        return locale;
    }

    Map<String, String> texts() {
        return texts;
    }

    String say(String key, Object... values) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException("no text '" + key + "' in " + tag);
        }
        return new MessageFormat(text, locale).format(values);
    }
}
