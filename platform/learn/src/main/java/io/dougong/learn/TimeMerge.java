package io.dougong.learn;

import io.dougong.features.FeatureEvent;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Merges histories, each in {@link FeatureEvent#BY_TIME}, into one in that order; holds one event of each. */
final class TimeMerge implements Iterator<FeatureEvent> {

    private record Head(FeatureEvent event, Iterator<FeatureEvent> rest) {}

    private final PriorityQueue<Head> heads =
            new PriorityQueue<>((a, b) -> FeatureEvent.BY_TIME.compare(a.event(), b.event()));

    TimeMerge(List<? extends Iterator<FeatureEvent>> histories) {
        histories.forEach(this::push);
    }

    private void push(Iterator<FeatureEvent> history) {
        if (history.hasNext()) {
            heads.add(new Head(history.next(), history));
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public FeatureEvent next() {
        Head head = heads.poll();
        if (head == null) {
            throw new NoSuchElementException();
        }
        push(head.rest());
        FeatureEvent next = heads.isEmpty() ? null : heads.peek().event();
        if (next != null && FeatureEvent.BY_TIME.compare(next, head.event()) < 0) {
            throw new IllegalStateException(
                    "History of " + next.stream() + " is not in time order at offset " + next.offset());
        }
        return head.event();
    }
}
