package io.dougong.events.embedded;

import io.dougong.events.EventProblem;
import io.dougong.events.Start;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.StreamPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The members of one consumer group in this process and who owns which partition.
 *
 * <p>A partition's wanted owner is found from the order of joining alone: the i-th partition that n members subscribe to goes to member i
 * mod n. It changes hands cooperatively: the old owner gives it up at its next poll or when it closes, and only then the wanted owner
 * may take it, from the committed offset. So no two members ever hold a partition at once.
 */
final class Group {

    private final String name;
    private final Map<StreamPartition, Long> next = new HashMap<>();
    private final Map<StreamPartition, GroupMember> owners = new HashMap<>();
    private final List<GroupMember> members = new ArrayList<>();
    private volatile long generation;

    Group(String name) {
        this.name = name;
    }

    /** Changes with every join, leave and hand-over. */
    long generation() {
        return generation;
    }

    /** Partitions that nobody here has come to yet get their first offset from the committed one, or else from the start. */
    synchronized void join(
            GroupMember member, Offsets committed, Start start, ToLongBiFunction<PartitionState, Start> resolve) {
        for (PartitionState partition : member.subscribed()) {
            if (!next.containsKey(partition.name)) {
                Long done = committed.next().get(partition.name);
                next.put(partition.name, done == null ? resolve.applyAsLong(partition, start) : done);
            }
        }
        members.add(member);
        moved();
    }

    /** Returns whether the group is empty now. */
    synchronized boolean leave(GroupMember member) {
        members.remove(member);
        owners.values().removeIf(owner -> owner == member);
        moved();
        return members.isEmpty();
    }

    /** Gives up what others want and takes what is free; returns what the member owns from now on, with where to begin. */
    synchronized Map<PartitionState, Long> settle(GroupMember member) {
        Map<PartitionState, Long> mine = new HashMap<>();
        for (PartitionState partition : member.subscribed()) {
            GroupMember wanted = wanted(partition);
            GroupMember owner = owners.get(partition.name);
            if (owner == member && wanted != member) {
                owners.remove(partition.name);
                moved();
            } else if (wanted == member && (owner == null || owner == member)) {
                owners.put(partition.name, member);
                mine.put(partition, next.getOrDefault(partition.name, 0L));
            }
        }
        return mine;
    }

    private @Nullable GroupMember wanted(PartitionState partition) {
        List<GroupMember> interested = members.stream()
                .filter(member -> member.subscribed().contains(partition))
                .toList();
        if (interested.isEmpty()) {
            return null;
        }
        Set<StreamPartition> shared = new TreeSet<>();
        Set<GroupMember> same = new HashSet<>(interested);
        for (PartitionState other : interested.getFirst().subscribed()) {
            List<GroupMember> also = members.stream()
                    .filter(member -> member.subscribed().contains(other))
                    .toList();
            if (same.equals(new HashSet<>(also))) {
                shared.add(other.name);
            }
        }
        int place = List.copyOf(shared).indexOf(partition.name);
        return interested.get(place % interested.size());
    }

    /** Refuses offsets of partitions that the member does not own. */
    synchronized void checkOwned(GroupMember member, Offsets offsets) {
        for (StreamPartition partition : offsets.next().keySet()) {
            if (owners.get(partition) != member) {
                throw EventProblem.moved(partition, name);
            }
        }
    }

    synchronized void committed(Offsets offsets) {
        next.putAll(offsets.next());
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only called under the lock
    private void moved() {
        generation++;
    }
}
