package io.dougong.events.embedded;

import io.dougong.events.EventProblem;
import io.dougong.events.Start;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.StreamPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongBiFunction;

/**
 * The members of one consumer group in this process and who owns which partition.
 *
 * <p>A partition's wanted owner follows from the members alone: the i-th partition goes to member i mod n of the n that subscribe to it. It
 * changes hands cooperatively: the old owner gives it up at its next poll or when it closes, and only then the wanted owner
 * may take it, from the committed offset. So no two members ever hold a partition at once.
 */
final class Group {

    private final String name;
    private final Map<StreamPartition, Long> next = new HashMap<>();
    private final Map<StreamPartition, GroupMember> wanted = new HashMap<>();
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
        share();
    }

    /** Returns whether the group is empty now. */
    synchronized boolean leave(GroupMember member) {
        members.remove(member);
        owners.values().removeIf(owner -> owner == member);
        share();
        return members.isEmpty();
    }

    /** Gives up what others want and takes what is free; returns what the member owns from now on, with where to begin. */
    synchronized Map<PartitionState, Long> settle(GroupMember member) {
        Map<PartitionState, Long> mine = new HashMap<>();
        for (PartitionState partition : member.subscribed()) {
            boolean mineByRight = wanted.get(partition.name) == member;
            GroupMember owner = owners.get(partition.name);
            if (owner == member && !mineByRight) {
                owners.remove(partition.name);
                moved();
            } else if (mineByRight && (owner == null || owner == member)) {
                owners.put(partition.name, member);
                mine.put(partition, next.getOrDefault(partition.name, 0L));
            }
        }
        return mine;
    }

    /** Members share what several of them subscribe to in turn, by the order of partitions and of joining. */
    private void share() {
        wanted.clear();
        Set<StreamPartition> all = new TreeSet<>();
        members.forEach(member -> member.subscribed().forEach(partition -> all.add(partition.name)));
        int place = 0;
        for (StreamPartition partition : all) {
            List<GroupMember> interested = members.stream()
                    .filter(member -> member.subscribesTo(partition))
                    .toList();
            wanted.put(partition, interested.get(place++ % interested.size()));
        }
        moved();
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
