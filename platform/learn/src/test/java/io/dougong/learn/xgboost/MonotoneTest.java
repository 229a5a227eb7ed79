package io.dougong.learn.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.learn.Progress;
import io.dougong.learn.Tables;
import io.dougong.learn.Trainer;
import io.dougong.learn.TrainerDefinition;
import io.dougong.models.Model;
import io.dougong.models.ModelFormats;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;

/** The compiled forest that serves, not the library that trained it, keeps the directions. */
class MonotoneTest {

    private static final int ROWS = 600;

    private static final Model FREE = model(Map.of());
    private static final Model BOUND = model(Map.of("x0", 1, "x1", -1));

    /** The true chance is a wave in x0 and x1, so that an unbound forest goes up and down. */
    private static Model model(Map<String, Integer> monotone) {
        SplittableRandom random = new SplittableRandom(3);
        Object[][] values = new Object[ROWS][];
        boolean[] labels = new boolean[ROWS];
        for (int i = 0; i < ROWS; i++) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            values[i] = new Object[] {x, y, random.nextDouble()};
            labels[i] = random.nextDouble() < 0.5 + 0.3 * Math.sin(12 * x) + 0.15 * Math.sin(9 * y);
        }
        TrainerDefinition definition = new TrainerDefinition.Xgboost(60, 4, 0.3, 1, 1, 1, 1, monotone);
        Trainer.Fitted fitted = new XgboostTrainer(1)
                .fit(definition, Tables.table(Tables.dataset(Tables.numbers(3), values, labels, 0)), 1, Progress.NONE);
        return new ModelFormats(ModelFormats.pureJava()).read(fitted.format(), fitted.payload());
    }

    private static double margin(Model model, float... row) {
        double[] margin = new double[1];
        model.margins(row, margin);
        return margin[0];
    }

    @Property(tries = 500)
    void raisingARisingFeatureNeverLowersTheMarginAndRaisingAFallingOneNeverRaisesIt(
            @ForAll @FloatRange(min = 0, max = 1) float x,
            @ForAll @FloatRange(min = 0, max = 1) float y,
            @ForAll @FloatRange(min = 0, max = 1) float z,
            @ForAll @FloatRange(min = 0, max = 1) float more) {
        float higher = Math.max(x, more);
        float lower = Math.min(x, more);
        assertThat(margin(BOUND, higher, y, z)).isGreaterThanOrEqualTo(margin(BOUND, lower, y, z));
        assertThat(margin(BOUND, z, higher, y)).isLessThanOrEqualTo(margin(BOUND, z, lower, y));
    }

    @org.junit.jupiter.api.Test
    void theDataAloneWouldNotMakeItSo() {
        boolean falls = false;
        for (float x = 0; x < 1; x += 0.02f) {
            falls |= margin(FREE, x + 0.02f, 0.5f, 0.5f) < margin(FREE, x, 0.5f, 0.5f);
        }
        assertThat(falls).isTrue();
    }
}
