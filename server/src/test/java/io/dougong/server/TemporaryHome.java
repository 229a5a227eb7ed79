package io.dougong.server;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An empty home folder for the server under test, and few places in its lines, so that they can be filled. */
public final class TemporaryHome implements QuarkusTestResourceLifecycleManager {

    private Path home = Path.of("");
    private @Nullable Collector collector;

    @Override
    public Map<String, String> start() {
        try {
            home = Files.createTempDirectory("dougong-server");
            collector = new Collector();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        return Map.of(
                "dougong.home", home.toString(),
                "dougong.in-flight", "64",
                "dougong.trace.endpoint", collector.endpoint());
    }

    @Override
    public void stop() {
        if (collector != null) {
            collector.close();
        }
        try (Stream<Path> files = Files.walk(home)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
