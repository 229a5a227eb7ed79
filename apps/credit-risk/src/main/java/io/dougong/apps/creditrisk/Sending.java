package io.dougong.apps.creditrisk;

import io.dougong.events.EventLog;
import io.dougong.node.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Brings loans to a node in the order in which things became known: asked, and a day later what became of them. */
final class Sending {

    private static final int BATCH = 500;

    private record Item(Instant at, Node.StreamEvent event) {}

    private final Node node;
    private final String application;
    private final List<Item> items = new ArrayList<>();
    private int next;

    Sending(Node node, String application) {
        this.node = node;
        this.application = application;
    }

    Sending ask(Loan loan) {
        items.add(new Item(loan.asked(), loan.application()));
        return this;
    }

    /** @param stream that brings what became of the loan */
    Sending tell(Loan loan, String stream) {
        items.add(new Item(loan.known(), loan.outcome(stream)));
        return this;
    }

    /** Sends what happened before the moment; returns how many events. */
    int until(Instant moment) {
        if (next == 0) {
            items.sort(Comparator.comparing(Item::at));
        }
        int from = next;
        List<Node.StreamEvent> batch = new ArrayList<>(BATCH);
        while (next < items.size() && items.get(next).at().isBefore(moment)) {
            batch.add(items.get(next++).event());
            if (batch.size() == BATCH) {
                EventLog.await(node.append(application, List.copyOf(batch)));
                batch.clear();
            }
        }
        EventLog.await(node.append(application, List.copyOf(batch)));
        node.awaitDecided(application);
        return next - from;
    }
}
