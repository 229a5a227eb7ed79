package io.dougong.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.features.FeatureView;
import io.dougong.manifest.Application;
import io.dougong.manifest.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feature state can be thrown away: it is built again from the whole log, although the pipeline had decided further. */
class LostFeaturesTest {

    private static final int HISTORY = 600;

    @TempDir
    Path home;

    @Test
    void featuresThatLostTheirCheckpointAreFedFromTheBeginning() throws IOException {
        try (Node node = Node.open(Shop.settings(home))) {
            Shop.open(node, HISTORY);
        }
        delete(home.resolve("features"));
        try (Node node = Node.open(Shop.settings(home))) {
            Shop.append(node, HISTORY, HISTORY + 50);
            FeatureCheck check = node.verifyFeatures(Shop.NAME);
            assertThat(check.decisions()).isEqualTo(50);
            assertThat(check.examples()).isEmpty();
            assertThat(node.decisionCount()).isEqualTo(50);
        }
    }

    @Test
    void aChangedViewIsFedFromTheBeginning() {
        try (Node node = Node.open(Shop.settings(home))) {
            Shop.open(node, HISTORY);
            String changed = new String(Manifest.write(Shop.application()), StandardCharsets.UTF_8)
                    .replaceFirst("windows: \\[1h", "windows: [2h, 1h");
            Application wanted = Manifest.read(changed.getBytes(StandardCharsets.UTF_8));
            assertThat(views(wanted)).isNotEqualTo(views(Shop.application()));
            node.apply(wanted, "test");
            Shop.append(node, HISTORY, HISTORY + 50);
            assertThat(node.verifyFeatures(Shop.NAME).examples()).isEmpty();
            assertThat(node.decisionCount()).isEqualTo(50);
        }
    }

    private static List<FeatureView> views(Application application) {
        return application.features();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
