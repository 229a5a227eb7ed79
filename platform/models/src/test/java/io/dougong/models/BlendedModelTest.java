package io.dougong.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlendedModelTest {

    private static final float[] ROW = {2, 3};

    private final LinearModel first = new LinearModel(new double[] {1, -1}, new double[] {0, 1}, 0.5);
    private final LinearModel second = new LinearModel(new double[] {3, 2}, new double[] {1, 1}, -2);
    private final BlendedModel blend =
            new BlendedModel(List.of(new BlendedModel.Part(0.25, first), new BlendedModel.Part(0.75, second)));

    @Test
    void theMarginIsTheWeightedSumOfTheMargins() {
        assertThat(margin(blend)).isEqualTo(0.25 * margin(first) + 0.75 * margin(second));
    }

    @Test
    void manyRowsGiveTheSameBitsAsEachAlone() {
        double[] out = new double[3];

        blend.margins(new float[] {2, 3, Float.NaN, 1, -4, 0.5f}, 3, out);

        assertThat(out[0]).isEqualTo(margin(blend));
        double[] alone = new double[1];
        blend.margins(new float[] {-4, 0.5f}, alone);
        assertThat(out[2]).isEqualTo(alone[0]);
    }

    @Test
    void contributionsAreTheWeightedSumAndAddUpToTheMargin() {
        double[] out = new double[3];
        double[] ofFirst = new double[3];
        double[] ofSecond = new double[3];

        blend.contributions(ROW, out);
        first.contributions(ROW, ofFirst);
        second.contributions(ROW, ofSecond);

        assertThat(out[1]).isEqualTo(0.25 * ofFirst[1] + 0.75 * ofSecond[1]);
        assertThat(out[0] + out[1] + out[2]).isCloseTo(margin(blend), within(1e-12));
    }

    @Test
    void itsBytesMakeAnEqualModel() {
        Model read = new ModelFormats(ModelFormats.pureJava()).read(blend.format(), blend.bytes());

        assertThat(margin(read)).isEqualTo(margin(blend));
        assertThat(read.bytes()).isEqualTo(blend.bytes());
    }

    @Test
    void damagedBytesAreNoModel() {
        assertThatThrownBy(() -> BlendedModel.read(
                        "{\"parts\":[{\"weight\":1}]}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(ModelProblem.Corrupt.class);
    }

    @Test
    void partsMustReadTheSameRow() {
        LinearModel wide = new LinearModel(new double[] {1, 1, 1}, new double[] {0, 0, 0}, 0);

        assertThatThrownBy(() ->
                        new BlendedModel(List.of(new BlendedModel.Part(1, first), new BlendedModel.Part(1, wide))))
                .isInstanceOf(ModelProblem.BadInput.class);
    }

    private static double margin(Model model) {
        double[] out = new double[1];
        model.margins(ROW, out);
        return out[0];
    }
}
