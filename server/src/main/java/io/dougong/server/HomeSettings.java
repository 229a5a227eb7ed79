package io.dougong.server;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code dougong.properties} in the home folder: settings by their names without the prefix, e.g. {@code port=7500}. The
 * environment ({@code DOUGONG_PORT}) goes before it, flags before both.
 */
public final class HomeSettings implements ConfigSource {

    static final String FILE = "dougong.properties";
    static final String PREFIX = "dougong.";

    /** Above what is built in, below the environment. */
    private static final int ORDINAL = 275;

    private final Map<String, String> settings;

    /** Of the home folder that the process was started with. */
    public HomeSettings() {
        this(home());
    }

    HomeSettings(Path home) {
        this.settings = read(home.resolve(FILE));
    }

    private static Path home() {
        return Path.of(Optional.ofNullable(System.getProperty("dougong.home"))
                .or(() -> Optional.ofNullable(System.getenv("DOUGONG_HOME")))
                .orElseGet(() ->
                        Path.of(System.getProperty("user.home"), ".dougong").toString()));
    }

    private static Map<String, String> read(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            properties.load(text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(
                        name -> PREFIX + name,
                        name -> properties.getProperty(name).strip()));
    }

    @Override
    public Set<String> getPropertyNames() {
        return settings.keySet();
    }

    @Override
    public @Nullable String getValue(String name) {
        return settings.get(name);
    }

    @Override
    public String getName() {
        return FILE;
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}
