package io.dougong.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;

/** One partition of a stream; written {@code departures/0}. */
public record StreamPartition(String stream, int partition) implements Comparable<StreamPartition> {

    private static final Comparator<StreamPartition> ORDER =
            Comparator.comparing(StreamPartition::stream).thenComparingInt(StreamPartition::partition);

    @JsonCreator
    public static StreamPartition parse(String text) {
        int slash = text.lastIndexOf('/');
        try {
            return new StreamPartition(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
        } catch (RuntimeException malformed) {
            throw new InvalidValue("bad-partition", "'" + text + "' is not of the form stream/partition.", "");
        }
    }

    @Override
    public int compareTo(StreamPartition other) {
        return ORDER.compare(this, other);
    }

    @Override
    @JsonValue
    public String toString() {
        return stream + "/" + partition;
    }
}
