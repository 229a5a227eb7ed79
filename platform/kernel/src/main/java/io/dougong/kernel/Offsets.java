package io.dougong.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far some reader has come: for each partition the offset of the next event it has not seen. A partition that is absent
 * has been read up to 0. In JSON: {@code {"departures/0": 17}}.
 */
public record Offsets(SortedMap<StreamPartition, Long> next) {

    public static final Offsets NONE = new Offsets(new TreeMap<>());

    public Offsets {
        next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Offsets parse(Map<String, Long> text) {
        SortedMap<StreamPartition, Long> next = new TreeMap<>();
        text.forEach((partition, offset) -> next.put(StreamPartition.parse(partition), offset));
        return new Offsets(next);
    }

    @JsonValue
    public SortedMap<String, Long> asText() {
        SortedMap<String, Long> text = new TreeMap<>();
        next.forEach((partition, offset) -> text.put(partition.toString(), offset));
        return text;
    }

    public long of(StreamPartition partition) {
        return next.getOrDefault(partition, 0L);
    }

    /** The same with this partition read up to, and not including, the offset. */
    public Offsets with(StreamPartition partition, long offset) {
        SortedMap<StreamPartition, Long> changed = new TreeMap<>(next);
        changed.put(partition, offset);
        return new Offsets(changed);
    }

    /** Whether everything the other has seen has been seen here too. */
    public boolean covers(Offsets other) {
        return other.next.entrySet().stream().allMatch(entry -> of(entry.getKey()) >= entry.getValue());
    }
}
