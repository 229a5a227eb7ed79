package io.dougong.learn;

import io.dougong.features.FeatureEvent;
import io.dougong.models.Task;
import org.jspecify.annotations.Nullable;

/**
 * What a data set is made of.
 *
 * @param asking the stream whose events become rows, and the field whose text joins them with their label
 * @param label the stream that brings labels, its key field, and the field that tells
 * @param fromMicros event time of the first row
 * @param toMicros event time that no row reaches
 * @param asOfMicros a label known later does not exist
 * @param keepKeys whether rows remember their key
 * @param keepUnlabelled whether rows that never got a label are kept too
 */
record DatasetPlan(
        Asking asking,
        Label label,
        long fromMicros,
        long toMicros,
        long asOfMicros,
        boolean keepKeys,
        long mostRows,
        boolean keepUnlabelled) {

    /** Without unlabelled rows. */
    DatasetPlan(
            Asking asking,
            Label label,
            long fromMicros,
            long toMicros,
            long asOfMicros,
            boolean keepKeys,
            long mostRows) {
        this(asking, label, fromMicros, toMicros, asOfMicros, keepKeys, mostRows, false);
    }

    record Asking(String stream, int keyPlace) {}

    record Label(String stream, int keyPlace, int valuePlace, Task task) {

        /** A value of the field as a label; null if it tells nothing. */
        @Nullable
        Object truth(@Nullable Object value) {
            return LabelDefinition.truth(task, value);
        }
    }

    DatasetPlan {
        if (fromMicros >= toMicros) {
            throw LearnProblem.emptyRange(fromMicros, toMicros);
        }
    }

    /** Event time after which nothing is read. */
    long lastMicros() {
        return Math.max(toMicros - 1, asOfMicros);
    }

    boolean asks(FeatureEvent event) {
        return event.stream().equals(asking.stream())
                && event.timeMicros() >= fromMicros
                && event.timeMicros() < toMicros;
    }

    boolean labels(FeatureEvent event) {
        return event.stream().equals(label.stream());
    }
}
