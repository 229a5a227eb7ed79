package io.dougong.events.embedded;

import io.dougong.events.EventProblem;
import io.dougong.events.Stored;
import io.dougong.events.Subscription;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.StreamPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One member of a group: merges its partitions by sequence. */
final class GroupMember implements Subscription {

    private final EmbeddedEventLog log;
    private final String groupName;
    private final Group group;
    private final Set<PartitionState> subscribed;
    private final Set<StreamPartition> names;
    private final Map<PartitionState, PartitionCursor> cursors =
            new TreeMap<>(java.util.Comparator.comparing((PartitionState partition) -> partition.name));
    private final AtomicBoolean closed = new AtomicBoolean();
    private long settledGeneration = -1;
    private long expired;

    GroupMember(EmbeddedEventLog log, String groupName, Group group, Set<PartitionState> subscribed) {
        this.log = log;
        this.groupName = groupName;
        this.group = group;
        this.subscribed = Set.copyOf(subscribed);
        this.names = subscribed.stream().map(partition -> partition.name).collect(Collectors.toUnmodifiableSet());
    }

    Set<PartitionState> subscribed() {
        return subscribed;
    }

    boolean subscribesTo(StreamPartition partition) {
        return names.contains(partition);
    }

    @Override
    public List<Stored> poll(int max, Duration wait) {
        long nanos = Arrivals.nanos(wait);
        while (true) {
            refuseIfClosed();
            settle();
            long visible = log.visibleSequence();
            List<Stored> found = merge(max, visible);
            if (!found.isEmpty() || nanos <= 0) {
                return found;
            }
            try {
                nanos = log.arrivals().await(() -> somethingNew(visible), nanos);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return List.of();
            }
        }
    }

    private boolean somethingNew(long seen) {
        return log.visibleSequence() != seen || group.generation() != settledGeneration || closed.get();
    }

    private void refuseIfClosed() {
        if (closed.get()) {
            throw EventProblem.closed("The subscription of group '" + groupName + "'");
        }
        log.refuseIfClosed();
    }

    private void settle() {
        if (group.generation() == settledGeneration) {
            return;
        }
        long before = group.generation();
        Map<PartitionState, Long> mine = group.settle(this);
        cursors.keySet().retainAll(mine.keySet());
        mine.forEach((partition, offset) ->
                cursors.computeIfAbsent(partition, fresh -> new PartitionCursor(log.reader(), fresh, offset)));
        settledGeneration = before;
        if (group.generation() != before) {
            settledGeneration = group.generation();
            log.arrivals().announce();
        }
    }

    /** Everything up to {@code visible} was published before it was read, so no cursor can be behind it unknowingly. */
    private List<Stored> merge(int max, long visible) {
        List<Stored> found = new ArrayList<>();
        long bytes = 0;
        while (found.size() < max && bytes < log.settings().maxReadBytes()) {
            PartitionCursor first = first(visible);
            if (first == null) {
                break;
            }
            Stored stored = first.take();
            found.add(stored);
            bytes += stored.event().data().length;
        }
        return found;
    }

    private @Nullable PartitionCursor first(long visible) {
        PartitionCursor first = null;
        long least = visible;
        for (PartitionCursor cursor : cursors.values()) {
            expired += cursor.fill();
            if (cursor.sequence() <= least) {
                first = cursor;
                least = cursor.sequence();
            }
        }
        return first;
    }

    @Override
    public void commit(Offsets offsets) {
        refuseIfClosed();
        settleOnce();
        group.checkOwned(this, offsets);
        log.commit(groupName, offsets);
        group.committed(offsets);
    }

    @Override
    public Offsets position() {
        SortedMap<StreamPartition, Long> next = new TreeMap<>();
        settleOnce();
        cursors.forEach((partition, cursor) -> next.put(partition.name, cursor.position()));
        return new Offsets(next);
    }

    /** A member takes its first partitions when it is first used; afterwards only a poll changes them. */
    private void settleOnce() {
        if (settledGeneration < 0) {
            settle();
        }
    }

    @Override
    public long expired() {
        return expired;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            log.leave(groupName, group, this);
            log.arrivals().announce();
        }
    }
}
