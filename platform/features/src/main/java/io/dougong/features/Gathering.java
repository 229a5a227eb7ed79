package io.dougong.features;

import io.dougong.kernel.Row;
import io.dougong.kernel.StreamPartition;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One vector in the making. */
final class Gathering {

    private final double[] values;
    private final long[] ageMicros;
    private final long atMicros;
    private final long now;

    Gathering(int size, long atMicros) {
        this.values = new double[size];
        this.ageMicros = new long[size];
        this.atMicros = atMicros;
        this.now = Windows.pane(atMicros);
        Arrays.fill(values, Double.NaN);
        Arrays.fill(ageMicros, FeatureVector.NO_AGE);
    }

    void read(ViewState view, FeatureQuery.ViewRead read, Row asking) {
        long hash = EntityTable.hash(asking, read.keyPlaces());
        if (hash >= 0) {
            read(view, view.table().find(hash, asking, read.keyPlaces()), read.windows());
        }
    }

    /** Goes from the shortest window to the longest, adding only the panes by which each reaches further back. */
    void read(ViewState view, @Nullable EntityPanes entity, List<FeatureQuery.WindowRead> windows) {
        Accumulated window = new Accumulated(view.plan().layout(), view.plan().sketchCount());
        long covered = now;
        for (int i = 0; i < windows.size(); i++) {
            FeatureQuery.WindowRead read = windows.get(i);
            long from = now - read.panes();
            if (from < view.kept()) {
                return; // this and all longer windows reach back beyond what is kept
            }
            if (entity != null) {
                entity.collect(from, covered - 1, window);
            }
            covered = from;
            evaluate(read.outputs(), window, entity);
        }
    }

    private void evaluate(List<FeatureQuery.Output> outputs, Accumulated window, @Nullable EntityPanes entity) {
        for (int i = 0; i < outputs.size(); i++) {
            FeatureQuery.Output output = outputs.get(i);
            Evaluation evaluation = output.evaluation();
            double value = entity == null ? evaluation.ofNothing() : evaluation.value(window, entity, now);
            values[output.place()] = value;
            long newest = evaluation.newest(window);
            if (newest != Long.MIN_VALUE && !Double.isNaN(value)) {
                ageMicros[output.place()] = atMicros - newest;
            }
        }
    }

    double value(int place) {
        return values[place];
    }

    FeatureVector vector(List<List<StreamPartition>> partitions, long[][] next) {
        return new FeatureVector(values, ageMicros, partitions, next);
    }
}
