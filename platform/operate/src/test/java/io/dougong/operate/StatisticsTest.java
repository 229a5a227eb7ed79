package io.dougong.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dougong.models.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Golden values are those of scipy 1.17.1 on the same numbers, unless a paper or table is named. */
class StatisticsTest {

    /** 1 to 5, each as often as it says. */
    private static final long[] REFERENCE = {10, 20, 40, 20, 10};

    private static final long[] CURRENT = {5, 10, 30, 35, 20};

    @Test
    void kolmogorovSmirnovIsThatOfScipy() {
        assertThat(Divergence.kolmogorovSmirnov(REFERENCE, CURRENT)).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void wassersteinIsThatOfScipy() {
        double[] values = {1, 2, 3, 4, 5};
        assertThat(Divergence.wasserstein(REFERENCE, CURRENT, values)).isCloseTo(0.5499999999999999, within(1e-12));
    }

    @Test
    void jensenShannonIsThatOfScipy() {
        assertThat(Divergence.jensenShannon(REFERENCE, CURRENT)).isCloseTo(0.18756077143513347, within(1e-12));
    }

    @Test
    void theStabilityIndexIsItsFormulaWithHalfACountAdded() {
        assertThat(Divergence.psi(REFERENCE, CURRENT)).isCloseTo(0.2701121801394083, within(1e-12));
    }

    @Test
    void equalDistributionsAreNotApart() {
        Divergence none = Divergence.of(
                new Bins(List.of(1.0, 2.0), List.of()), new long[] {4, 4, 4, 0, 1}, new long[] {4, 4, 4, 0, 1});
        assertThat(none).isEqualTo(new Divergence(0, 0, 0, 0));
    }

    @Test
    void mannWhitneyIsThatOfScipyWithTies() {
        double[] x = {0.8, 0.3, 0.5, 0.9, 0.7, 0.7, 0.2};
        double[] y = {0.1, 0.4, 0.3, 0.5, 0.6, 0.2};
        RankTest test = RankTest.of(x, y);
        assertThat(test.u()).isEqualTo(32.5);
        assertThat(test.pGreater()).isCloseTo(0.05703802098332433, within(1e-7));
    }

    @Test
    void theNormalTailIsThatOfScipy() {
        assertThat(Normal.above(1.6448536269514722)).isCloseTo(0.05, within(1e-8));
        assertThat(Normal.above(3)).isCloseTo(0.0013498980316301, within(1e-9));
        assertThat(Normal.above(-2)).isCloseTo(0.9772498680518208, within(1e-7));
    }

    @Test
    void benjaminiHochbergRejectsAsInTheirTable() {
        // adjusted p-values of scipy.stats.false_discovery_control: 0.008, 0.032, 0.0672, …
        double[] p = {0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205};
        assertThat(Evidence.benjaminiHochberg(p, 0.05))
                .containsExactly(true, true, false, false, false, false, false, false);
        assertThat(Evidence.benjaminiHochberg(p, 0.07))
                .containsExactly(true, true, true, true, true, false, false, false);
    }

    @Test
    void eBenjaminiHochbergNeedsLessEvidenceFromManyThanFromOne() {
        assertThat(Evidence.eBenjaminiHochberg(new double[] {39, 1, 1, 1}, 0.1)).containsOnly(false);
        assertThat(Evidence.eBenjaminiHochberg(new double[] {40, 1, 1, 1}, 0.1))
                .containsExactly(true, false, false, false);
        assertThat(Evidence.eBenjaminiHochberg(new double[] {20, 1, 20, 1}, 0.1))
                .containsExactly(true, false, true, false);
    }

    @Test
    void calibratedPValuesHaveMeanOneIfNothingChanged() {
        int n = 2_000_000;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Evidence.calibrated((i + 0.5) / n) / n;
        }
        // the integral below 1/n is about 1 / ln(n), which no finite grid holds
        assertThat(sum).isBetween(0.85, 1.0);
    }

    @Test
    void theBinomialTailIsNotBelowTheExactOne() {
        assertThat(Evidence.binomialTail(20, 100, 0.1)).isGreaterThan(0.00198).isLessThan(0.02);
        assertThat(Evidence.binomialTail(10, 100, 0.1)).isEqualTo(1);
        assertThat(Evidence.binomialTail(100, 100, 0.1)).isCloseTo(1e-100, within(1e-101));
    }

    /** Montgomery, Introduction to Statistical Quality Control, table 9.4 (two-sided 168 and 465, so one-sided twice that). */
    @Test
    void cusumRunsAsLongAsInTheTable() {
        assertThat(new Cusum(0.5, 4).meanWindowsToFalseAlarm()).isCloseTo(336, within(6.0));
        assertThat(new Cusum(0.5, 5).meanWindowsToFalseAlarm()).isCloseTo(930, within(10.0));
    }

    @Test
    void cusumFalseAlarmsAreAsFarApartAsAsked() {
        Cusum rule = Cusum.withFalseAlarmEvery(300);
        Random random = new Random(7);
        long alarms = 0;
        double sum = 0;
        int windows = 300_000;
        for (int i = 0; i < windows; i++) {
            sum = rule.after(sum, random.nextGaussian());
            if (rule.alarms(sum)) {
                alarms++;
                sum = 0;
            }
        }
        assertThat((double) windows / alarms).isBetween(270.0, 330.0);
    }

    @Test
    void theDomainClassifierTellsWhatDiffersAndNothingElse() {
        byte[][] old = rows(1, 0);
        assertThat(DomainClassifier.auc(old, rows(2, 0))).isBetween(0.35, 0.65);
        assertThat(DomainClassifier.auc(old, rows(3, 150))).isGreaterThan(0.75);
    }

    private static byte[][] rows(long seed, int shift) {
        Random random = new Random(seed);
        byte[][] rows = new byte[240][6];
        for (byte[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (byte) random.nextInt(255);
            }
            row[2] = (byte) Math.min(254, (row[2] & 0xff) + shift);
        }
        return rows;
    }

    @Test
    void qualityPanesOfPartsMergeToThatOfTheWhole() {
        Random random = new Random(5);
        QualityPane whole = QualityPane.empty(0);
        QualityPane[] parts = {QualityPane.empty(0), QualityPane.empty(0), QualityPane.empty(0)};
        double[] probabilities = new double[3_000];
        boolean[] labels = new boolean[3_000];
        for (int i = 0; i < labels.length; i++) {
            probabilities[i] = random.nextDouble();
            labels[i] = random.nextDouble() < probabilities[i];
            whole.add(probabilities[i], labels[i], true, false);
            parts[random.nextInt(3)].add(probabilities[i], labels[i], true, false);
        }
        QualityPane merged = parts[2].plus(parts[0]).plus(parts[1]);
        for (Metric metric : Metric.watched(Task.BINARY)) {
            assertThat(merged.of(metric)).as(metric.label()).isEqualTo(whole.of(metric));
        }
        var exact = io.dougong.models.Metrics.binary(probabilities, labels);
        assertThat(whole.auc()).isCloseTo(exact.auc(), within(1e-4));
        assertThat(whole.logLoss()).isCloseTo(exact.logLoss(), within(1e-7));
        assertThat(whole.ece()).isCloseTo(exact.ece(), within(1e-6));
    }

    @Test
    void aValueFallsInTheBinWhoseUpperEdgeItDoesNotExceed() {
        Bins bins = Bins.numeric(new float[] {1, 1, 2, 3}, 8);
        assertThat(List.of(bins.place(0.5), bins.place(1.0), bins.place(1.5), bins.place(3L), bins.place(9)))
                .containsExactly(0, 0, 1, 2, 2);
        assertThat(bins.place(null)).isEqualTo(bins.size() - 1);
        Bins words = Bins.categorical(List.of("a", "b"));
        assertThat(List.of(words.place("b"), words.place("z"), words.place(null)))
                .containsExactly(1, 2, 3);
    }

    @Test
    void binsOfManyValuesHoldAboutEquallyMany() {
        float[] values = new float[10_000];
        Random random = new Random(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        Arrays.sort(values);
        Bins bins = Bins.numeric(values, 32);
        long[] counts = new long[bins.size()];
        for (float value : values) {
            counts[bins.place(value)]++;
        }
        assertThat(Arrays.stream(counts).limit(bins.values())).allMatch(count -> count >= 300 && count <= 325);
    }
}
