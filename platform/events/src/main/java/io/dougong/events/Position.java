package io.dougong.events;

import io.dougong.kernel.StreamPartition;

/** Where an event stands: offsets of one partition count up from 0 without gaps. Written {@code departures/0/17}. */
public record Position(String stream, int partition, long offset) {

    public static Position of(StreamPartition partition, long offset) {
        return new Position(partition.stream(), partition.partition(), offset);
    }

    public StreamPartition streamPartition() {
        return new StreamPartition(stream, partition);
    }

    /** Reads what {@link #toString} wrote. */
    public static Position parse(String text) {
        int slash = text.lastIndexOf('/');
        try {
            return of(StreamPartition.parse(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
        } catch (IndexOutOfBoundsException | NumberFormatException malformed) {
            throw EventProblem.badPosition(text);
        }
    }

    @Override
    public String toString() {
        return stream + "/" + partition + "/" + offset;
    }
}
