package io.dougong.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ModelArtifactTest {

    private static final ModelFormats FORMATS = new ModelFormats(ModelFormats.pureJava());

    @Test
    void whatIsWrittenIsReadBack() {
        ModelArtifact artifact = Samples.artifact("delay", 0.75);
        ModelArtifact again = ModelArtifact.read(artifact.bytes());
        assertThat(again.card()).isEqualTo(artifact.card());
        assertThat(again.payload()).isEqualTo(artifact.payload());
        assertThat(again.bytes()).isEqualTo(artifact.bytes());
        assertThat(again.digest()).isEqualTo(artifact.digest());
    }

    @Test
    void equalContentGivesEqualBytesAndOtherContentAnotherDigest() {
        assertThat(Samples.artifact("delay", 0.75).bytes())
                .isEqualTo(Samples.artifact("delay", 0.75).bytes());
        assertThat(Samples.artifact("delay", 0.76).digest())
                .isNotEqualTo(Samples.artifact("delay", 0.75).digest());
    }

    /** Written by the first release; it must stay readable. */
    @Test
    void theFileOfVersion1IsReadAndWrittenTheSame() throws IOException {
        try (InputStream golden = ModelArtifactTest.class.getResourceAsStream("/artifact-v1.model")) {
            byte[] bytes = Objects.requireNonNull(golden).readAllBytes();
            assertThat(ModelArtifact.read(bytes).card()).isEqualTo(Samples.card("delay", 0.75));
            assertThat(Samples.artifact("delay", 0.75).bytes()).isEqualTo(bytes);
        }
    }

    @Property(tries = 300)
    void anyChangedByteIsNoticed(@ForAll int where, @ForAll byte other) {
        byte[] bytes = Samples.artifact("delay", 0.75).bytes();
        int at = Math.floorMod(where, bytes.length);
        if (bytes[at] != other) {
            bytes[at] = other;
            assertThatThrownBy(() -> ModelArtifact.read(bytes)).isInstanceOf(ModelProblem.class);
        }
    }

    @Test
    void aFileCutOffAnywhereIsRefused() {
        byte[] bytes = Samples.artifact("delay", 0.75).bytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> ModelArtifact.read(cut)).isInstanceOf(ModelProblem.Corrupt.class);
        }
    }

    @Test
    void anotherFileIsRefusedInWords() {
        byte[] text =
                "not a model, but long enough to be looked at by the reader of models".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ModelArtifact.read(text)).hasMessageContaining("does not begin like one");
    }

    @Test
    void anArtifactOfANewerReleaseIsRefusedAsSuch() {
        byte[] bytes = Samples.artifact("delay", 0.75).bytes();
        bytes[11] = 2;
        assertThatThrownBy(() -> ModelArtifact.read(bytes))
                .isInstanceOf(ModelProblem.NewerFormat.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void aCardThatDoesNotFitTheModelIsRefused() {
        LinearModel wide = new LinearModel(new double[3], new double[3], 0);
        assertThatThrownBy(() -> ModelArtifact.of(Samples.card("delay", 0.75), wide))
                .isInstanceOf(ModelProblem.BadInput.class)
                .hasMessageContaining("2 features")
                .hasMessageContaining("the model has 3");
    }

    @Test
    void aMetricThatIsNotANumberIsRefused() {
        assertThatThrownBy(() -> Samples.card("delay", Double.NaN)).hasMessageContaining("'auc' is NaN");
    }

    @Test
    void aLoadedModelGoesFromValuesToProbabilityAndReasons() {
        LoadedModel model = LoadedModel.of(Samples.artifact("delay", 0.75), FORMATS);
        float[] row = model.encode(List.of(14L, "DL")).row();
        assertThat(row).containsExactly(14f, 1f);
        assertThat(model.margin(row)).isEqualTo(0.125 + 2 - 1.5);
        assertThat(model.contributions(row)).containsExactly(2, -1.5, 0.125);
        assertThat(model.probability(0.5)).isEqualTo(0.5);
        assertThat(model.digest()).isEqualTo(Samples.artifact("delay", 0.75).digest());
    }

    @Test
    void aMissingValueAddsNothingToALinearModel() {
        double[] out = new double[3];
        Samples.model().contributions(new float[] {Float.NaN, 0}, out);
        assertThat(out).containsExactly(0, 0.5, 0.125);
    }

    @Test
    void aTreeModelSurvivesItsArtifact() {
        Boosters.Trained trained = Boosters.train("multi:softprob", 4, 3, 2, 5, "ubj");
        ModelCard card = new ModelCard(
                "kind",
                Task.MULTICLASS,
                List.of(FeatureSpec.numeric("a"), FeatureSpec.numeric("b")),
                TreeEnsemble.FORMAT,
                new Calibrator.Identity(),
                null,
                "kind of thing",
                Map.of(),
                "0.1.0",
                "7",
                Map.of(),
                new Target.Classes(List.of("bolt", "nut", "screw"), 2));
        LoadedModel model = LoadedModel.of(
                ModelArtifact.read(ModelArtifact.of(card, trained.ours()).bytes()), FORMATS);
        double[] expected = new double[3];
        trained.ours().margins(trained.row(0), expected);
        assertThat(model.margins(trained.row(0))).isEqualTo(expected);
        assertThat(model.card().target()).isEqualTo(card.target());
        assertThatThrownBy(() -> model.probability(0)).hasMessageContaining("MULTICLASS");
    }

    @Test
    void aFormatNobodyReadsIsNamedWithTheNearestOne() {
        assertThatThrownBy(() -> FORMATS.read("xgbost", new byte[0]))
                .isInstanceOf(ModelProblem.UnknownFormat.class)
                .hasMessageContaining("'xgbost'")
                .extracting(problem -> ((ModelProblem) problem).advice())
                .isEqualTo("Did you mean 'xgboost'?");
    }

    @Test
    void aLinearModelOfBrokenJsonIsRefused() {
        for (String json : List.of(
                "{",
                "{}",
                "{\"weights\":[1],\"means\":[],\"intercept\":0}",
                "{\"weights\":[\"x\"],\"means\":[1],\"intercept\":0}")) {
            assertThatThrownBy(() -> LinearModel.read(json.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(ModelProblem.class);
        }
    }
}
