package io.dougong.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dougong.kernel.Json;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TargetTest {

    @Property(tries = 200)
    void probabilitiesSumToOneAndKeepTheOrderOfMargins(
            @ForAll @Size(min = 2, max = 6) List<@DoubleRange(min = -700, max = 700) Double> margins,
            @ForAll @DoubleRange(min = 0.05, max = 20) double temperature) {
        double[] row = margins.stream().mapToDouble(Double::doubleValue).toArray();
        double[] probabilities = Softmax.of(row, temperature);
        assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, within(1e-12));
        for (int i = 1; i < row.length; i++) {
            assertThat(row[i] > row[i - 1] && probabilities[i] < probabilities[i - 1])
                    .isFalse();
        }
    }

    /** Margins that are three times too sure of classes drawn by the margins themselves. */
    @Test
    void theTemperatureThatTheDataWereDrawnAtIsFound() {
        SplittableRandom random = new SplittableRandom(5);
        double[][] margins = new double[20_000][3];
        int[] truths = new int[margins.length];
        for (int row = 0; row < truths.length; row++) {
            double[] true_ = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
            double[] chances = Softmax.of(true_, 1);
            double at = random.nextDouble();
            truths[row] = at < chances[0] ? 0 : at < chances[0] + chances[1] ? 1 : 2;
            margins[row] = Arrays.stream(true_).map(margin -> 3 * margin).toArray();
        }
        assertThat(Softmax.temperature(margins, truths)).isCloseTo(3, within(0.15));
    }

    @Test
    void aFewRowsThatAreAllRightDoNotMakeTheModelCertain() {
        double[][] margins = new double[8][];
        Arrays.setAll(margins, i -> new double[] {2, 0, 0});
        double temperature = Softmax.temperature(margins, new int[8]);
        assertThat(Softmax.of(margins[0], temperature)[0]).isCloseTo(0.9, within(0.01));
    }

    @Test
    void theSpreadFollowsTheErrors() {
        SplittableRandom random = new SplittableRandom(6);
        double[] predictions = new double[4_000];
        double[] truths = new double[predictions.length];
        for (int row = 0; row < truths.length; row++) {
            predictions[row] = 100 * random.nextDouble();
            truths[row] = predictions[row] + (1 + predictions[row] / 10) * random.nextGaussian();
        }
        Spread spread = Spread.fit(predictions, truths);
        assertThat(spread.at(10)).isCloseTo(2 * Math.sqrt(2 / Math.PI), within(0.5));
        assertThat(spread.at(90)).isCloseTo(10 * Math.sqrt(2 / Math.PI), within(1.2));
        assertThat(spread.at(-1e9)).isEqualTo(spread.spreads().getFirst());
        assertThat(spread.at(1e9)).isEqualTo(spread.spreads().getLast());
    }

    @Test
    void aSpreadIsAboveZeroEvenIfNothingWasMissed() {
        Spread spread = Spread.fit(new double[] {1, 2, 3}, new double[] {1, 2, 3});
        assertThat(spread.at(2)).isPositive();
        assertThat(Spread.fit(new double[0], new double[0]).at(5)).isEqualTo(1);
    }

    @Test
    void aTargetSurvivesItsJson() {
        for (Target target : List.of(
                new Target.Classes(List.of("a", "b", "c"), 1.5),
                new Target.Amount(new Spread(List.of(1.0, 2.0), List.of(0.5, 0.7))))) {
            assertThat(Json.read(Json.bytes(target), Target.class)).isEqualTo(target);
        }
        assertThatThrownBy(() -> new Target.Classes(List.of("alone"), 1)).isInstanceOf(ModelProblem.BadInput.class);
    }

    @Test
    void additiveClassesSurviveTheirBytesAndAddUp() {
        AdditiveModel first = new AdditiveModel(
                List.of(
                        new AdditiveModel.Term(2, 1, new double[0], 0.5),
                        new AdditiveModel.Term(0, 0, new double[] {1, -1}, 0)),
                0.25);
        AdditiveModel second = new AdditiveModel(
                List.of(
                        new AdditiveModel.Term(-1, 0, new double[0], 0),
                        new AdditiveModel.Term(0, 0, new double[] {0, 3}, 1)),
                -1);
        Model back = AdditiveClasses.read(new AdditiveClasses(List.of(first, second)).bytes());
        double[] margins = new double[2];
        double[] parts = new double[6];
        float[] row = {3, 1};
        back.margins(row, margins);
        back.contributions(row, parts);
        assertThat(margins).containsExactly(0.25 + 4 - 1, -1 - 3 + 3);
        assertThat(Arrays.stream(parts, 0, 3).sum()).isEqualTo(margins[0]);
        assertThat(Arrays.stream(parts, 3, 6).sum()).isEqualTo(margins[1]);
        assertThatThrownBy(() -> AdditiveClasses.read(new byte[] {'{', '}'})).isInstanceOf(ModelProblem.Corrupt.class);
    }
}
