package io.dougong.learn;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Merges histories, each in {@link HistoryEvent#ORDER}, into one in that order; holds one event of each. */
final class TimeMerge implements Iterator<HistoryEvent> {

    private record Head(HistoryEvent event, Iterator<HistoryEvent> rest) {}

    private final PriorityQueue<Head> heads =
            new PriorityQueue<>((a, b) -> HistoryEvent.ORDER.compare(a.event(), b.event()));

    TimeMerge(List<? extends Iterator<HistoryEvent>> histories) {
        histories.forEach(this::push);
    }

    private void push(Iterator<HistoryEvent> history) {
        if (history.hasNext()) {
            heads.add(new Head(history.next(), history));
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public HistoryEvent next() {
        Head head = heads.poll();
        if (head == null) {
            throw new NoSuchElementException();
        }
        push(head.rest());
        HistoryEvent next = heads.isEmpty() ? null : heads.peek().event();
        if (next != null && HistoryEvent.ORDER.compare(next, head.event()) < 0) {
            throw new IllegalStateException(
                    "History of " + next.stream() + " is not in time order at offset " + next.offset());
        }
        return head.event();
    }
}
