package io.dougong.learn;

import io.dougong.features.FeatureOperator;
import io.dougong.kernel.Row;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A row's fields and the features of views as of its moment, by the operator that serves live. */
final class ViewFeatures implements AskedFeatures {

    private final FeaturePlan plan;
    private final FeatureOperator operator;
    private final Set<String> streams;
    private long fed;

    ViewFeatures(FeaturePlan plan) {
        this.plan = plan;
        this.operator = new FeatureOperator(plan.query().definitions());
        this.streams = plan.streams();
    }

    @Override
    public List<Column> columns() {
        return plan.columns();
    }

    /** Offsets are counted afresh: history comes by event time, the operator wants rising offsets. */
    @Override
    public void feed(HistoryEvent event) {
        if (streams.contains(event.stream())) {
            operator.apply(event.stream(), 0, fed++, event.timeMicros(), event.row());
        }
    }

    @Override
    public @Nullable Object[] at(HistoryEvent asking) {
        @Nullable Object[] values = new @Nullable Object[plan.columns().size()];
        Row row = asking.row();
        double[] read = plan.query().size() == 0
                ? new double[0]
                : operator.read(plan.query(), row, asking.timeMicros()).values();
        int next = 0;
        for (int column = 0; column < values.length; column++) {
            int place = plan.fieldPlaces()[column];
            values[column] = place < 0 ? (Object) read[next++] : row.get(place);
        }
        return values;
    }
}
