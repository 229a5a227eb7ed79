package io.dougong.apps.tabular;

import io.dougong.events.Appended;
import io.dougong.events.EventLog;
import io.dougong.node.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Sends the table's rows and keeps those that nothing is trained on. */
final class Sender {

    private static final int BATCH = 2_000;
    private static final int MOST_LAG = 20_000;
    private static final int MOST_SORTED = 300_000;

    /** The two events of one row. */
    private record Pair(long micros, byte[] asking, byte[] outcome) {}

    private final Node node;
    private final Options options;
    private final Table table;
    private final Profile profile;
    private final Layout layout;
    private final Timeline timeline;
    private final Holdout calibration;
    private final Holdout test;
    private final List<Pair> waiting = new ArrayList<>();
    private final List<Node.StreamEvent> batch = new ArrayList<>(BATCH);
    private final Map<String, Integer> places = new HashMap<>();
    private CompletableFuture<List<Appended>> last = CompletableFuture.completedFuture(List.of());
    private long sent;

    Sender(Node node, Options options, Table table, Profile profile, Layout layout, Timeline timeline) {
        this.node = node;
        this.options = options;
        this.table = table;
        this.profile = profile;
        this.layout = layout;
        this.timeline = timeline;
        this.calibration = new Holdout(table.header().size(), options.seed());
        this.test = new Holdout(table.header().size(), options.seed());
        profile.guarded()
                .forEach(guarded -> places.put(guarded.column(), table.header().indexOf(guarded.column())));
    }

    void send() {
        table.read((line, values) -> send(line, values));
        flushWaiting();
        append();
        EventLog.await(last);
        node.awaitDecided(options.name());
        node.awaitLake(options.name());
    }

    private void send(long line, @Nullable String[] values) {
        Object truth = layout.truth(values);
        Long micros = timeline.micros(values);
        if (truth == null || micros == null) {
            return;
        }
        String key = Layout.key(line);
        List<@Nullable Object> parsed = new ArrayList<>(layout.features().size());
        layout.features().forEach(column -> parsed.add(column.value(values)));
        Pair pair = new Pair(micros, layout.asking(key, micros, parsed), layout.outcome(key, micros, truth));
        if (timeline.told() && sent < MOST_SORTED) {
            waiting.add(pair);
        } else {
            flushWaiting();
            add(pair);
        }
        hold(new Holdout.Held(key, micros, parsed, truth, groups(values)));
        sent++;
    }

    private void add(Pair pair) {
        batch.add(new Node.StreamEvent(Layout.ROWS, pair.asking()));
        batch.add(new Node.StreamEvent(Layout.OUTCOMES, pair.outcome()));
        if (batch.size() >= BATCH) {
            append();
        }
    }

    /** Rows with a time of their own go in its order, as they would have come; of a huge table the first ones do. */
    private void flushWaiting() {
        waiting.sort(Comparator.comparingLong(Pair::micros));
        waiting.forEach(this::add);
        waiting.clear();
    }

    private List<@Nullable String> groups(@Nullable String[] values) {
        List<@Nullable String> groups = new ArrayList<>();
        profile.guarded()
                .forEach(guarded -> groups.add(guarded.group(values[places.getOrDefault(guarded.column(), 0)])));
        return groups;
    }

    private void hold(Holdout.Held row) {
        switch (timeline.slice(row.micros())) {
            case 1 -> calibration.take(row);
            case 2 -> test.take(row);
            default -> {}
        }
    }

    private void append() {
        EventLog.await(last);
        while (node.lag(options.name()) > MOST_LAG) {
            LockSupport.parkNanos(1_000_000);
        }
        last = node.append(options.name(), List.copyOf(batch));
        batch.clear();
    }

    long sent() {
        return sent;
    }

    Holdout calibration() {
        return calibration;
    }

    Holdout test() {
        return test;
    }
}
