package io.dougong.learn;

import io.dougong.features.FeatureEvent;
import java.util.Iterator;
import java.util.Map;

/**
 * Builds the data set of a model as history would have shown it, row by row.
 *
 * <p>Why it cannot see the future: events of all streams are walked once, in the one order of history. An asking event becomes a row from
 * what the features were fed before it, by the operator that serves live; nothing that comes later is known to the walk yet. Its label
 * is filled in when the walk meets the event that brings it, and only if that is not after {@code asOf}. So a change to any event after
 * {@code t} cannot change the features of a row before {@code t}.
 *
 * <p>Memory: one event per stream, the features' own state, the growing data set, and the rows that wait for their label.
 */
final class DatasetBuilder {

    private static final long EVENTS_PER_REPORT = 1 << 14;

    private final DatasetPlan plan;
    private final AskedFeatures features;
    private final LabelCorrections corrections;
    private final DatasetWriter writer;
    private final LabelJoin labels;
    private long events;
    private long asked;
    private long afterAsOf;

    DatasetBuilder(DatasetPlan plan, AskedFeatures features, LabelCorrections corrections) {
        this.plan = plan;
        this.corrections = corrections;
        this.features = features;
        this.writer = new DatasetWriter(features.columns(), features.features(), plan.keepKeys(), plan.mostRows());
        this.labels = new LabelJoin(writer);
    }

    /**
     * @param history every event of the streams that are needed up to the plan's end, in the order of history
     * @param snapshots stream to the snapshot that history was read from
     */
    Dataset build(Iterator<FeatureEvent> history, Map<String, Long> snapshots, Progress progress) {
        while (history.hasNext()) {
            take(history.next());
            if (events % EVENTS_PER_REPORT == 0) {
                report(progress);
            }
        }
        corrections.verdicts().stream()
                .filter(verdict -> verdict.knownMicros() <= plan.asOfMicros())
                .forEach(verdict -> labels.settled(verdict.key(), verdict.truth(), verdict.knownMicros()));
        progress.at(Progress.Phase.READ, events, events);
        return writer.finish(counts(), snapshots, plan.keepUnlabelled());
    }

    private void take(FeatureEvent event) {
        events++;
        if (plan.asks(event)) {
            ask(event);
        }
        features.feed(event);
        if (plan.labels(event) && isTrusted(event)) {
            label(event);
        }
    }

    private void ask(FeatureEvent event) {
        asked++;
        String key = event.row().text(plan.asking().keyPlace());
        if (key != null) {
            labels.asked(key, writer.add(event.timeMicros(), key, features.at(event)));
        }
    }

    private boolean isTrusted(FeatureEvent event) {
        return corrections.untrusted().isEmpty()
                || !corrections
                        .untrusted()
                        .contains(new UntrustedLabel(event.stream(), event.partition(), event.offset()));
    }

    private void label(FeatureEvent event) {
        String key = event.row().text(plan.label().keyPlace());
        if (event.timeMicros() > plan.asOfMicros()) {
            afterAsOf++;
        } else {
            Object truth = plan.label().truth(event.row().get(plan.label().valuePlace()));
            if (key != null && truth != null) {
                labels.known(key, truth, event.timeMicros());
            }
        }
    }

    private void report(Progress progress) {
        if (Thread.currentThread().isInterrupted()) {
            throw LearnProblem.interrupted(Progress.Phase.READ);
        }
        progress.at(Progress.Phase.READ, events, -1);
    }

    private Dataset.Counts counts() {
        long labelled = labels.labelled();
        return new Dataset.Counts(events, asked, labelled, asked - labelled, labels.withoutRow(), afterAsOf);
    }
}
