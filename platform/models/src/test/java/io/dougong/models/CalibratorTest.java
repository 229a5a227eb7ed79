package io.dougong.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dougong.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CalibratorTest {

    private record Sample(double[] margins, boolean[] labels) {
        /** Labels drawn with probability sigmoid(slope × margin + intercept). */
        static Sample drawn(int rows, double slope, double intercept, long seed) {
            Random random = new Random(seed);
            Sample sample = new Sample(new double[rows], new boolean[rows]);
            for (int i = 0; i < rows; i++) {
                sample.margins[i] = Math.round(random.nextGaussian() * 20) / 10.0;
                double p = Calibrator.sigmoid(slope * sample.margins[i] + intercept);
                sample.labels[i] = random.nextDouble() < p;
            }
            return sample;
        }
    }

    @Test
    void plattFindsTheLineThatDrewTheLabels() {
        Sample sample = Sample.drawn(40_000, 0.6, -1.2, 7);
        Calibrator.Platt line = Calibrator.Platt.fit(sample.margins, sample.labels);
        assertThat(line.slope()).isCloseTo(0.6, within(0.03));
        assertThat(line.intercept()).isCloseTo(-1.2, within(0.03));
    }

    @Test
    void plattOfAReversedRankingIsFlat() {
        Sample sample = Sample.drawn(1000, -2, 0, 7);
        assertThat(Calibrator.Platt.fit(sample.margins, sample.labels).slope()).isZero();
    }

    @Test
    void plattOfSeparableRowsStaysFinite() {
        Calibrator.Platt line =
                Calibrator.Platt.fit(new double[] {-2, -1, 1, 2}, new boolean[] {false, false, true, true});
        assertThat(line.slope()).isPositive().isLessThan(100);
        assertThat(line.probability(5)).isGreaterThan(0.75).isLessThan(1);
    }

    @Test
    void isotonicPoolsViolatorsIntoTheirMean() {
        Calibrator.Isotonic curve = Calibrator.Isotonic.fit(
                new double[] {1, 2, 3, 4, 5, 6}, new boolean[] {false, true, false, true, false, true});
        assertThat(curve.probability(2)).isEqualTo(0.5);
        assertThat(curve.probability(2.5)).isEqualTo(0.5);
        assertThat(curve.probability(4)).isEqualTo(0.5);
        assertThat(curve.probability(-9)).isEqualTo(0.5 / 7);
        assertThat(curve.probability(9)).isEqualTo(1 - 0.5 / 7);
        assertThat(curve.probability(1.5)).isCloseTo((0.5 + 0.5 / 7) / 2, within(1e-12));
    }

    @Property(tries = 40)
    void isotonicIsTheNearestRisingCurve(@ForAll @IntRange(min = 1, max = 60) int rows, @ForAll long seed) {
        Sample sample = Sample.drawn(rows, 1, 0, seed);
        Calibrator.Isotonic curve = Calibrator.Isotonic.fit(sample.margins, sample.labels);
        double bound = 0.5 / (rows + 1);
        for (int i = 0; i < rows; i++) {
            double expected = Math.clamp(minMax(sample, sample.margins[i]), bound, 1 - bound);
            assertThat(curve.probability(sample.margins[i])).isCloseTo(expected, within(1e-12));
        }
    }

    /** Min-max formula of isotonic regression: max over starts of the min over ends of the mean between (Barlow et al. 1972). */
    private static double minMax(Sample sample, double at) {
        double best = 0;
        for (double from : sample.margins) {
            double least = 1;
            for (double to : sample.margins) {
                if (from <= at && to >= at) {
                    least = Math.min(least, mean(sample, from, to));
                }
            }
            best = from <= at ? Math.max(best, least) : best;
        }
        return best;
    }

    private static double mean(Sample sample, double from, double to) {
        double rows = 0;
        double positives = 0;
        for (int i = 0; i < sample.margins.length; i++) {
            if (sample.margins[i] >= from && sample.margins[i] <= to) {
                rows++;
                positives += sample.labels[i] ? 1 : 0;
            }
        }
        return positives / rows;
    }

    @Property(tries = 100)
    void noCalibratorEverFalls(
            @ForAll @DoubleRange(min = -30, max = 30) double a,
            @ForAll @DoubleRange(min = -30, max = 30) double b,
            @ForAll long seed) {
        Sample sample = Sample.drawn(200, 0.7, 0.3, seed);
        for (Calibrator calibrator : List.of(
                new Calibrator.Identity(),
                Calibrator.Platt.fit(sample.margins, sample.labels),
                Calibrator.Isotonic.fit(sample.margins, sample.labels))) {
            double low = calibrator.probability(Math.min(a, b));
            double high = calibrator.probability(Math.max(a, b));
            assertThat(low).isBetween(0.0, high);
            assertThat(high).isLessThanOrEqualTo(1.0);
        }
    }

    @Test
    void fittingLowersTheCalibrationErrorOnFreshRows() {
        Sample fit = Sample.drawn(8000, 0.3, -0.8, 1);
        Sample fresh = Sample.drawn(8000, 0.3, -0.8, 2);
        double before = Metrics.ece(probabilities(new Calibrator.Identity(), fresh), fresh.labels);
        for (Calibrator calibrator : List.of(
                Calibrator.Platt.fit(fit.margins, fit.labels), Calibrator.Isotonic.fit(fit.margins, fit.labels))) {
            assertThat(Metrics.ece(probabilities(calibrator, fresh), fresh.labels))
                    .isLessThan(0.03)
                    .isLessThan(before / 4);
        }
    }

    private static double[] probabilities(Calibrator calibrator, Sample sample) {
        double[] out = new double[sample.margins.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = calibrator.probability(sample.margins[i]);
        }
        return out;
    }

    @Property(tries = 20)
    void everyCalibratorSurvivesJson(@ForAll long seed) {
        Sample sample = Sample.drawn(50, 1, 0, seed);
        for (Calibrator calibrator : List.of(
                new Calibrator.Identity(),
                Calibrator.Platt.fit(sample.margins, sample.labels),
                Calibrator.Isotonic.fit(sample.margins, sample.labels))) {
            assertThat(Json.read(Json.bytes(calibrator), Calibrator.class)).isEqualTo(calibrator);
        }
        assertThat(Json.text(new Calibrator.Platt(1, 0.5)))
                .isEqualTo("{\"kind\":\"platt\",\"intercept\":0.5,\"slope\":1.0}");
    }

    @Test
    void fallingKnotsAreRefused() {
        byte[] json = "{\"kind\":\"isotonic\",\"margins\":[1.0,2.0],\"probabilities\":[0.9,0.1]}"
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Json.read(json, Calibrator.class)).hasMessageContaining("do not rise");
    }

    @Test
    void rowsWithoutLabelsAreRefused() {
        assertThatThrownBy(() -> Calibrator.Platt.fit(new double[1], new boolean[2]))
                .hasMessageContaining("1 scores and 2 labels");
        assertThatThrownBy(() -> Calibrator.Isotonic.fit(new double[] {Double.NaN}, new boolean[1]))
                .hasMessageContaining("NaN");
    }
}
