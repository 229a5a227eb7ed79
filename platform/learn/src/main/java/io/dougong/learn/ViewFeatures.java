package io.dougong.learn;

import io.dougong.features.FeatureEvent;
import io.dougong.features.PointInTime;
import io.dougong.kernel.Row;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A row's fields and the features of views as of its moment, by the operator that serves live. */
final class ViewFeatures implements AskedFeatures {

    private final FeaturePlan plan;
    private final PointInTime history;
    private final Set<String> streams;

    ViewFeatures(FeaturePlan plan) {
        this.plan = plan;
        this.history = new PointInTime(plan.query().definitions());
        this.streams = plan.streams();
    }

    @Override
    public List<Column> columns() {
        return plan.columns();
    }

    @Override
    public int features() {
        return plan.features();
    }

    @Override
    public void feed(FeatureEvent event) {
        if (streams.contains(event.stream())) {
            history.event(event);
        }
    }

    @Override
    public @Nullable Object[] at(FeatureEvent asking) {
        @Nullable Object[] values = new @Nullable Object[plan.columns().size()];
        Row row = asking.row();
        double[] read = plan.query().size() == 0
                ? new double[0]
                : history.ask(plan.query(), row, asking.timeMicros()).values();
        int next = 0;
        for (int column = 0; column < values.length; column++) {
            int place = plan.fieldPlaces()[column];
            values[column] = place < 0 ? (Object) read[next++] : row.get(place);
        }
        return values;
    }
}
