package io.dougong.features;

import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Row;
import io.dougong.kernel.StreamPartition;
import java.util.ArrayList;
import java.util.List;

/** One stream, the views that count its events, and its partitions met so far. */
final class StreamState {

    private static final int MOST_PARTITIONS = 65_536;

    private final String name;
    private final Derivation derivation;
    private final ViewState[] views;
    private final EventFields fields;
    private final int[][] fieldPlaces;
    private List<StreamPartition> partitions = List.of();

    StreamState(String name, FeatureStream stream, List<ViewState> views) {
        this.name = name;
        this.derivation = stream.derivation();
        this.views = views.toArray(ViewState[]::new);
        List<ViewPlan> plans = views.stream().map(ViewState::plan).toList();
        this.fields = new EventFields(stream.schema(), plans);
        this.fieldPlaces = plans.stream()
                .map(plan -> plan.fieldCells().stream()
                        .mapToInt(cells -> fields.place(cells.field()))
                        .toArray())
                .toArray(int[][]::new);
        growTo(views.stream().mapToInt(view -> view.next().length).max().orElse(0));
    }

    /** Partition i at place i; every view's {@link ViewState#next} is as long. */
    List<StreamPartition> partitions() {
        return partitions;
    }

    ViewState[] views() {
        return views;
    }

    private void growTo(int count) {
        for (ViewState view : views) {
            view.growTo(count);
        }
        if (partitions.size() < count) {
            List<StreamPartition> more = new ArrayList<>(partitions);
            for (int i = partitions.size(); i < count; i++) {
                more.add(new StreamPartition(name, i));
            }
            partitions = List.copyOf(more);
        }
    }

    /** The row with its derived fields, whether it came with them or without. */
    Row derived(Row row) {
        return row.schema().equals(derivation.output()) ? row : derivation.apply(row);
    }

    boolean isNew(int partition, long offset) {
        if (partition < 0 || partition >= MOST_PARTITIONS) {
            throw new InvalidValue("bad-partition", "Stream '" + name + "' has no partition " + partition + ".", "");
        }
        if (partition >= partitions.size()) {
            return true;
        }
        for (ViewState view : views) {
            if (view.next()[partition] <= offset) {
                return true;
            }
        }
        return false;
    }

    /** Converts what the views compute with; returns whether all of it is fit. Touches nothing that readers see. */
    boolean prepare(Row event) {
        return fields.read(event);
    }

    /** Counts the prepared event in each view that has not seen its offset. */
    Applied take(int partition, long offset, long timeMicros, Row event, boolean fit) {
        growTo(partition + 1);
        int fresh = 0;
        int late = 0;
        boolean full = false;
        for (int i = 0; i < views.length; i++) {
            ViewState view = views[i];
            if (view.next()[partition] > offset) {
                continue;
            }
            view.next()[partition] = offset + 1;
            fresh++;
            Applied applied = fit ? view.take(timeMicros, event, fields, fieldPlaces[i]) : Applied.UNFIT;
            late += applied == Applied.TOO_LATE ? 1 : 0;
            full |= applied == Applied.FULL;
        }
        return outcome(fresh, late, full, fit);
    }

    private static Applied outcome(int fresh, int late, boolean full, boolean fit) {
        if (!fit) {
            return Applied.UNFIT;
        }
        if (full) {
            return Applied.FULL;
        }
        return late == 0 ? Applied.TAKEN : late == fresh ? Applied.TOO_LATE : Applied.PARTLY_LATE;
    }
}
