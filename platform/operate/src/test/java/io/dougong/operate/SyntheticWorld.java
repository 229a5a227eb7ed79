package io.dougong.operate;

import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.models.FeatureSpec;
import io.dougong.models.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A stream of questions with a weekly swing, whose model is right about how likely they are. */
final class SyntheticWorld {

    static final long DAY = 86_400_000_000L;
    static final int PER_DAY = 150;
    static final List<FeatureSpec> FEATURES = List.of(
            FeatureSpec.numeric("load"),
            FeatureSpec.numeric("noise"),
            FeatureSpec.numeric("rare"),
            FeatureSpec.categorical("site", List.of("a", "b", "c")));
    static final Schema SCHEMA = Schema.of(List.of(
            Field.required("id", FieldType.STRING),
            Field.required("site", FieldType.STRING),
            Field.required("load", FieldType.NUMBER)));

    static final Row ROW = Row.of(SCHEMA, new @Nullable Object[] {"id", "a", 1.0});

    record Question(long micros, @Nullable Object[] values, double probability, boolean label) {

        List<FeatureValue> features() {
            List<FeatureValue> features = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                features.add(FeatureValue.asked(FEATURES.get(i).name(), values[i]));
            }
            return features;
        }

        Row row(int number) {
            return Row.of(SCHEMA, new @Nullable Object[] {"id" + number, values[3], values[0]});
        }
    }

    private final Random random;

    SyntheticWorld(long seed) {
        this.random = new Random(seed);
    }

    List<Question> days(int from, int days) {
        List<Question> questions = new ArrayList<>();
        for (int day = from; day < from + days; day++) {
            double mood = (day % 7 >= 5 ? 1 : 0) + 0.3 * random.nextGaussian();
            for (int i = 0; i < PER_DAY; i++) {
                questions.add(question(day * DAY + i * (DAY / PER_DAY), mood));
            }
        }
        return questions;
    }

    private Question question(long micros, double mood) {
        double load = mood + random.nextGaussian();
        double noise = random.nextDouble();
        Double rare = random.nextDouble() < 0.1 ? null : (double) random.nextInt(5);
        String site = List.of("a", "a", "b", "c").get(random.nextInt(4));
        double probability = 1 / (1 + Math.exp(1 - 1.5 * load));
        return new Question(
                micros,
                new @Nullable Object[] {load, noise, rare, site},
                probability,
                random.nextDouble() < probability);
    }

    static Reference reference(List<Question> rows, MonitorsDefinition monitors) {
        return new ReferenceBuilder(FEATURES, Task.BINARY, monitors, Double.NaN, 0.5).build(new ReferenceRows() {
            @Override
            public int rows() {
                return rows.size();
            }

            @Override
            public long askedMicros(int row) {
                return rows.get(row).micros();
            }

            @Override
            public long knownMicros(int row) {
                return rows.get(row).micros() + 3_600_000_000L;
            }

            @Override
            public @Nullable Object value(int row, int feature) {
                Object value = rows.get(row).values()[feature];
                return value instanceof Double number ? (Object) number.floatValue() : value;
            }

            @Override
            public Truth truth(int row) {
                return new Truth.Flag(rows.get(row).label());
            }

            @Override
            public boolean decided(int row, double threshold) {
                return true;
            }

            @Override
            public @Nullable Score score(int row) {
                return row < rows.size() / 2
                        ? null
                        : new Score.Binary(0, rows.get(row).probability());
            }
        });
    }
}
