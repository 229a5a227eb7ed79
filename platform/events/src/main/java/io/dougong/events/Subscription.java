package io.dougong.events;

import io.dougong.kernel.Offsets;
import java.time.Duration;
import java.util.List;

/**
 * One member of a consumer group. Delivery is at least once: what was polled and not committed comes again to the group's next
 * owner of the partition. To be used by one thread, a platform thread.
 *
 * <p>Members of a group in one process share the partitions evenly. When a member joins, the others give up partitions at
 * their next {@link #poll}; when one closes, its partitions move at once.
 */
public interface Subscription extends AutoCloseable {

    /**
     * The next events in order of arrival over all partitions of this member. Events of one append become visible together,
     * though {@code max} may cut between them. Returns fewer than {@code max} when their data would be large.
     *
     * @param wait how long to wait for the first event; zero never waits
     * @return empty if nothing arrived in time
     */
    List<Stored> poll(int max, Duration wait);

    /**
     * Remembers durably that everything before these offsets is done; returns when synced. Other partitions keep what they have.
     *
     * @throws EventProblem.PartitionMoved if a partition belongs to another member by now; nothing was committed
     */
    void commit(Offsets offsets);

    /** For each partition of this member, the offset of the next event that {@link #poll} will return. */
    Offsets position();

    /** How many events this member never saw because retention dropped them before it came to them. */
    long expired();

    @Override
    void close();
}
