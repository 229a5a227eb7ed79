package io.dougong.models.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.MetadataDatabase;
import io.dougong.models.ModelArtifact;
import io.dougong.models.ModelProblem;
import io.dougong.models.ModelRegistry;
import io.dougong.models.ModelRegistryContract;
import io.dougong.models.ModelVersion;
import io.dougong.models.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedModelRegistryTest extends ModelRegistryContract {

    @TempDir
    Path home;

    private ModelRegistry registry;

    @BeforeEach
    void open() {
        registry = reopened();
    }

    @Override
    protected ModelRegistry registry() {
        return registry;
    }

    @Override
    protected ModelRegistry reopened() {
        return new EmbeddedModelRegistry(
                MetadataDatabase.open(home.resolve("meta.db")), home, () -> Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void aChangedFileIsNotLoaded() throws IOException {
        ModelArtifact artifact = Samples.artifact("delay", 0.7);
        registry.register("delay", artifact);
        Files.write(
                home.resolve(artifact.digest().hex() + ".model"),
                Samples.artifact("delay", 0.9).bytes());
        assertThatThrownBy(() -> registry.load(artifact.digest())).isInstanceOf(ModelProblem.Tampered.class);
    }

    @Test
    void aLostFileIsSaidSoAndRegisteringAgainHealsIt() throws IOException {
        ModelArtifact artifact = Samples.artifact("delay", 0.7);
        registry.register("delay", artifact);
        Files.delete(home.resolve(artifact.digest().hex() + ".model"));
        assertThatThrownBy(() -> registry.load(artifact.digest())).hasMessageContaining("is missing");
        assertThat(registry.register("delay", artifact).version()).isEqualTo(1);
        assertThat(registry.load(artifact.digest()).bytes()).isEqualTo(artifact.bytes());
    }

    @Test
    void registrationsAtTheSameTimeGetDifferentVersions() throws InterruptedException {
        Set<Integer> versions = ConcurrentHashMap.newKeySet();
        Thread[] threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            double auc = i / 10.0;
            threads[i] = new Thread(() -> {
                ModelVersion version = registry.register("delay", Samples.artifact("delay", auc));
                versions.add(version.version());
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(versions).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
    }
}
