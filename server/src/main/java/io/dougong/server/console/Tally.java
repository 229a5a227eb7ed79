package io.dougong.server.console;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.Feedback;
import io.dougong.kernel.Problem;
import io.dougong.kernel.StreamPartition;
import io.dougong.node.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * What the pages need of all decisions without reading them again: the newest ones in brief, counts by hour of event time, and
 * quality by day. One thread follows the log; memory is bounded.
 */
final class Tally implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger("io.dougong.server.console");
    private static final int REMEMBERED = 20_000;
    private static final int BACKLOG = 200_000;
    private static final int CHUNK = 500;
    private static final int BUSY = 2_000;
    private static final long PAUSE_NANOS = 400_000_000;

    private final Node node;
    private final Places places;
    private final Map<StreamPartition, Long> next = new HashMap<>();
    private final Map<Integer, Long> nextFeedback = new HashMap<>();
    private final SequencedMap<String, Brief> briefs = new LinkedHashMap<>();
    private final Map<String, Timeline> timelines = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean caughtUp;

    Tally(Node node, Places places) {
        this.node = node;
        this.places = places;
        this.thread =
                Thread.ofPlatform().name("dougong-console-tally").daemon(true).unstarted(this::follow);
    }

    void start() {
        thread.start();
    }

    /** Whether everything that was there at the start has been read. */
    boolean caughtUp() {
        return caughtUp;
    }

    private void follow() {
        long backlog = Math.max(0, node.decisionCount() - BACKLOG);
        for (StreamPartition partition : node.decisionLog().partitions()) {
            next.put(partition, backlog / node.decisionLog().partitions().size());
        }
        while (!closed) {
            try {
                if (!step()) {
                    caughtUp = true;
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (Problem unreadable) {
                LOG.log(System.Logger.Level.WARNING, "the console cannot follow the log: {0}", unreadable.code());
                LockSupport.parkNanos(10 * PAUSE_NANOS);
            }
        }
    }

    /** Decisions first, then what is known about them; whether there was anything. */
    private boolean step() {
        boolean any = false;
        for (Map.Entry<StreamPartition, Long> partition : next.entrySet()) {
            List<DecisionLog.Entry> entries = node.decisionLog().read(partition.getKey(), partition.getValue(), CHUNK);
            for (DecisionLog.Entry entry : entries) {
                partition.setValue(entry.offset() + 1);
                add(entry.decision());
            }
            any |= !entries.isEmpty();
        }
        for (int partition = 0; partition < next.size(); partition++) {
            any |= feedback(partition, any);
        }
        return any;
    }

    /** Stops at the first answer to a question that is still to be read. */
    private boolean feedback(int partition, boolean moreDecisions) {
        long offset = nextFeedback.getOrDefault(partition, 0L);
        List<Feedback> known = node.feedback(partition, offset, CHUNK);
        int taken = 0;
        for (Feedback feedback : known) {
            if (!label(feedback) && moreDecisions) {
                break;
            }
            taken++;
        }
        nextFeedback.put(partition, offset + taken);
        return taken > 0;
    }

    private synchronized void add(Decision decision) {
        Brief brief = Brief.of(decision, places);
        briefs.put(brief.id(), brief);
        if (briefs.size() > REMEMBERED) {
            briefs.pollFirstEntry();
        }
        timeline(brief.application(), brief.name()).decided(brief);
    }

    private synchronized boolean label(Feedback feedback) {
        Brief brief = briefs.get(feedback.decisionId());
        if (brief == null) {
            return false;
        }
        briefs.put(brief.id(), brief.turnedOut(feedback.label()));
        if (feedback.trusted()) {
            timeline(brief.application(), brief.name()).labelled(brief, feedback.label());
        }
        return true;
    }

    private Timeline timeline(String application, String decision) {
        return timelines.computeIfAbsent(application + "/" + decision, _ -> new Timeline());
    }

    /** Counts and quality of one decision, as they are now. */
    synchronized Optional<Timeline.Copy> timelineOf(String application, String decision) {
        return Optional.ofNullable(timelines.get(application + "/" + decision)).map(Timeline::copy);
    }

    /** The newest first. */
    synchronized List<Brief> newest(int most) {
        return find(_ -> true, 0, most);
    }

    /** The newest first. */
    synchronized List<Brief> find(Predicate<Brief> wanted, int skip, int most) {
        List<Brief> found = new ArrayList<>();
        int passed = 0;
        for (Brief brief : briefs.sequencedValues().reversed()) {
            if (found.size() == most) {
                break;
            }
            if (wanted.test(brief) && passed++ >= skip) {
                found.add(brief);
            }
        }
        return found;
    }

    /** Places that the newest decisions name. */
    synchronized Set<String> busyPlaces(String application) {
        Set<String> busy = new TreeSet<>();
        for (Brief brief : find(brief -> brief.application().equals(application), 0, BUSY)) {
            busy.add(brief.from());
            busy.add(brief.to());
        }
        return busy;
    }

    synchronized long count(Predicate<Brief> wanted) {
        return briefs.values().stream().filter(wanted).count();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
