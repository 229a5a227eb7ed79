package io.dougong.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dougong.models.Model;
import io.dougong.models.ModelFormats;
import io.dougong.models.ModelProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxModelTest {

    private static final float[] WEIGHTS = {0.5f, -2f, 1f};

    @Test
    void aMarginOutputIsTheMarginForOneRowAndForMany() {
        try (OnnxModel model = OnnxModel.read(OnnxWriter.linear(WEIGHTS, 0.25f, "margin", false, 3))) {
            double[] one = new double[1];
            model.margins(new float[] {2, 1, 3}, one);
            assertThat(one[0]).isEqualTo(1 - 2 + 3 + 0.25);
            double[] two = new double[2];
            model.margins(new float[] {2, 1, 3, 0, 0, 0}, 2, two);
            assertThat(two).containsExactly(2.25, 0.25);
            assertThat(model.inputs()).isEqualTo(3);
            assertThat(model.outputs()).isEqualTo(1);
        }
    }

    @Test
    void aProbabilityOutputBecomesLogOdds() {
        try (OnnxModel model = OnnxModel.read(OnnxWriter.linear(WEIGHTS, 0.25f, "probabilities", true, 3))) {
            double[] one = new double[1];
            model.margins(new float[] {2, 1, 3}, one);
            assertThat(one[0]).isCloseTo(2.25, within(1e-5));
            model.margins(new float[] {1000, 0, 0}, one);
            assertThat(one[0]).isFinite().isGreaterThan(30);
        }
    }

    @Test
    void theRuntimeNamesVersionAndProcessor() {
        try (OnnxModel model = OnnxModel.read(OnnxWriter.linear(WEIGHTS, 0, "margin", false, 3))) {
            assertThat(model.runtime()).matches("onnxruntime-1\\.29\\.0/\\w+-[0-9a-f]{8}");
        }
    }

    @Test
    void theFormatReadsItsOwnBytesBack() {
        ModelFormats formats = new ModelFormats(List.of(OnnxModel.asFormat()));
        byte[] bytes = OnnxWriter.linear(WEIGHTS, 0.25f, "margin", false, 3);
        Model model = formats.read(OnnxModel.FORMAT, bytes);
        assertThat(model.bytes()).isEqualTo(bytes);
        assertThat(model.format()).isEqualTo("onnx");
    }

    @Test
    void whatOnnxRuntimeDoesNotTakeIsAProblem() {
        assertThatThrownBy(() -> OnnxModel.read("hello".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ModelProblem.Corrupt.class);
    }

    @Test
    void aFreeNumberOfColumnsIsRefused() {
        byte[] bytes = OnnxWriter.linear(WEIGHTS, 0, "margin", false, -1);
        assertThatThrownBy(() -> OnnxModel.read(bytes)).isInstanceOf(ModelProblem.class);
    }

    @Test
    void aRowOfAnotherLengthAndReasonsAreRefused() {
        try (OnnxModel model = OnnxModel.read(OnnxWriter.linear(WEIGHTS, 0, "margin", false, 3))) {
            assertThatThrownBy(() -> model.margins(new float[2], new double[1])).hasMessageContaining("2 numbers");
            assertThat(model.explainable()).isFalse();
            assertThatThrownBy(() -> model.contributions(new float[3], new double[4]))
                    .isInstanceOf(ModelProblem.Unsupported.class);
        }
    }
}
