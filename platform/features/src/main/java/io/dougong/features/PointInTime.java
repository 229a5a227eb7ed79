package io.dougong.features;

import io.dougong.kernel.Row;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Features of history, each as it would have been known at its time: the operator fed in event-time order, as if every event had
 * arrived when it happened. Events may be merged from many streams; both events and questions must come in order of time.
 */
public final class PointInTime {

    /** Offsets do not rise in event-time order, so the batch counts events by itself, in one partition per stream. */
    private static final int ONE_PARTITION = 0;

    private final FeatureOperator operator;
    private long sequence;
    private long newestMicros = Long.MIN_VALUE;

    public PointInTime(FeatureDefinitions definitions) {
        this.operator = new FeatureOperator(definitions);
    }

    /** Counts the next event. */
    public Applied event(FeatureEvent event) {
        if (event.timeMicros() < newestMicros) {
            throw new IllegalArgumentException("Event " + event.offset() + " of " + event.stream() + "/"
                    + event.partition() + " is older than the one before it; batch wants them in order of time");
        }
        newestMicros = event.timeMicros();
        return operator.apply(event.stream(), ONE_PARTITION, sequence++, event.timeMicros(), event.row());
    }

    /** The values at a time, once all events of the minutes before it have been counted. Its offsets mean nothing here. */
    public FeatureVector ask(FeatureQuery query, Row asking, long atMicros) {
        return operator.read(query, asking, atMicros);
    }

    /**
     * One vector per question, in their order. Events are drawn as the questions need them; the last ones may stay undrawn.
     *
     * @param events in the order of {@link FeatureEvent#BY_TIME}
     * @param askings in order of time
     */
    public static Iterator<FeatureVector> vectors(
            FeatureQuery query, Iterator<FeatureEvent> events, Iterator<Asking> askings) {
        return new Merge(query, events, askings);
    }

    private static final class Merge implements Iterator<FeatureVector> {
        private final FeatureQuery query;
        private final LookAhead events;
        private final Iterator<Asking> askings;
        private final PointInTime features;

        Merge(FeatureQuery query, Iterator<FeatureEvent> events, Iterator<Asking> askings) {
            this.query = query;
            this.events = new LookAhead(events);
            this.askings = askings;
            this.features = new PointInTime(query.definitions());
        }

        @Override
        public boolean hasNext() {
            return askings.hasNext();
        }

        @Override
        public FeatureVector next() {
            if (!askings.hasNext()) {
                throw new NoSuchElementException();
            }
            Asking asking = askings.next();
            long openMicros = Windows.pane(asking.atMicros()) * Windows.PANE_MICROS;
            while (events.hasNextBefore(openMicros)) {
                features.event(events.next());
            }
            return features.ask(query, asking.row(), asking.atMicros());
        }
    }
}
