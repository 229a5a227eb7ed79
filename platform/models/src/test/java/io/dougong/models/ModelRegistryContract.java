package io.dougong.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.Digest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every registry keeps. The clock stands at 2026-01-01T00:00:00Z. */
public abstract class ModelRegistryContract {

    private static final long NOW_MICROS = 1_767_225_600_000_000L;

    /** The same registry, opened again after a restart. */
    protected abstract ModelRegistry reopened();

    protected abstract ModelRegistry registry();

    @Test
    void versionsCountUpAndKeepTheirMetrics() {
        ModelVersion first = registry().register("delay", Samples.artifact("delay", 0.7));
        ModelVersion second = registry().register("delay", Samples.artifact("delay", 0.8));
        assertThat(first.version()).isEqualTo(1);
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.createdMicros()).isEqualTo(NOW_MICROS);
        assertThat(second.metrics()).containsEntry("auc", 0.8).containsEntry("brier", 0.125);
        assertThat(registry().versions("delay")).containsExactly(first, second);
        assertThat(registry().version("delay", 2)).isEqualTo(second);
        assertThat(registry().names()).containsExactly("delay");
    }

    @Test
    void theSameArtifactAgainIsTheSameVersion() {
        ModelVersion first = registry().register("delay", Samples.artifact("delay", 0.7));
        registry().register("delay", Samples.artifact("delay", 0.8));
        assertThat(registry().register("delay", Samples.artifact("delay", 0.7))).isEqualTo(first);
        assertThat(registry().versions("delay")).hasSize(2);
    }

    @Test
    void theSameArtifactMayServeUnderTwoNames() {
        ModelArtifact artifact = Samples.artifact("delay", 0.7);
        registry().register("delay", artifact);
        assertThat(registry().register("delay-copy", artifact).version()).isEqualTo(1);
        assertThat(registry().find(artifact.digest())).map(ModelVersion::name).contains("delay");
    }

    @Test
    void anArtifactIsLoadedAsItWasRegistered() {
        ModelArtifact artifact = Samples.artifact("delay", 0.7);
        registry().register("delay", artifact);
        assertThat(registry().load(artifact.digest()).bytes()).isEqualTo(artifact.bytes());
    }

    @Test
    void aliasesMoveAndRememberWhoAndWhy() {
        registry().register("delay", Samples.artifact("delay", 0.7));
        registry().register("delay", Samples.artifact("delay", 0.8));
        AliasChange first = registry().setAlias("delay", ModelRegistry.CHAMPION, 1, "ada", "first");
        AliasChange second = registry().setAlias("delay", ModelRegistry.CHAMPION, 2, "bob", "better auc");
        AliasChange third = registry().setAlias("delay", ModelRegistry.SHADOW, 1, "bob", "compare");
        assertThat(second).isEqualTo(new AliasChange("delay", "champion", 2, 1, "bob", "better auc", NOW_MICROS));
        assertThat(registry().alias("delay", "champion").version()).isEqualTo(2);
        assertThat(registry().aliases("delay")).isEqualTo(Map.of("champion", 2, "shadow", 1));
        assertThat(registry().history("delay")).containsExactly(first, second, third);
        assertThat(registry().version("delay", 1).stages()).containsExactly(first, second, third);
        assertThat(registry().version("delay", 2).stages()).containsExactly(second);
    }

    @Test
    void aRemovedAliasPointsNowhereAndStaysInTheHistory() {
        registry().register("delay", Samples.artifact("delay", 0.7));
        registry().setAlias("delay", "shadow", 1, "ada", "try");
        assertThat(registry().removeAlias("delay", "shadow", "ada", "done"))
                .isEqualTo(new AliasChange("delay", "shadow", 0, 1, "ada", "done", NOW_MICROS));
        assertThat(registry().aliases("delay")).isEmpty();
        assertThatThrownBy(() -> registry().alias("delay", "shadow")).isInstanceOf(ModelProblem.NotFound.class);
        assertThatThrownBy(() -> registry().removeAlias("delay", "shadow", "ada", "again"))
                .isInstanceOf(ModelProblem.NotFound.class);
        assertThat(registry().history("delay")).hasSize(2);
    }

    @Test
    void everythingSurvivesARestart() {
        ModelArtifact artifact = Samples.artifact("delay", 0.7);
        registry().register("delay", artifact);
        registry().setAlias("delay", "champion", 1, "ada", "first");
        ModelRegistry again = reopened();
        assertThat(again.alias("delay", "champion")).isEqualTo(registry().version("delay", 1));
        assertThat(again.load(artifact.digest()).card()).isEqualTo(artifact.card());
    }

    @Test
    void anUnknownNameSuggestsTheNearest() {
        registry().register("delay", Samples.artifact("delay", 0.7));
        assertThatThrownBy(() -> registry().versions("dealy"))
                .isInstanceOf(ModelProblem.NotFound.class)
                .hasMessageContaining("'dealy'")
                .extracting(problem -> ((ModelProblem) problem).advice())
                .isEqualTo("Did you mean 'delay'?");
    }

    @Test
    void anUnknownVersionAliasOrDigestIsSaidSo() {
        registry().register("delay", Samples.artifact("delay", 0.7));
        registry().setAlias("delay", "champion", 1, "ada", "first");
        assertThatThrownBy(() -> registry().version("delay", 3)).hasMessageContaining("no version 3");
        assertThatThrownBy(() -> registry().setAlias("delay", "champion", 3, "ada", "?"))
                .hasMessageContaining("no version 3");
        assertThatThrownBy(() -> registry().alias("delay", "champoin"))
                .extracting(problem -> ((ModelProblem) problem).advice())
                .isEqualTo("Did you mean 'champion'?");
        assertThatThrownBy(() -> registry().load(Digest.of("nothing"))).isInstanceOf(ModelProblem.NotFound.class);
        assertThat(registry().find(Digest.of("nothing"))).isEmpty();
        assertThat(registry().history("delay")).hasSize(1);
    }

    @Test
    void aNameThatWouldNotFitAPathIsRefused() {
        assertThatThrownBy(() -> registry().register("../delay", Samples.artifact("delay", 0.7)))
                .isInstanceOf(ModelProblem.BadInput.class)
                .hasMessageContaining("'../delay'");
        registry().register("delay", Samples.artifact("delay", 0.7));
        assertThatThrownBy(() -> registry().setAlias("delay", "The Best", 1, "ada", "?"))
                .isInstanceOf(ModelProblem.BadInput.class);
    }
}
