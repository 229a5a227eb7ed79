package io.dougong.events;

import io.dougong.kernel.Offsets;
import io.dougong.kernel.StreamPartition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The durable log of events. Acknowledged means durable: an append that completed survives the death of the process and a power
 * cut. Streams are split into partitions by the event's subject ({@link Partitioner}).
 *
 * <p>{@link #append} and the dead-letter methods never block and may be called from any thread. All other methods touch the
 * disk and are to be called from platform threads.
 */
public interface EventLog extends AutoCloseable {

    /**
     * Makes a stream; does nothing if it is there already with as many partitions, except that a new retention is taken over.
     *
     * @throws EventProblem.StreamConflict if it has another number of partitions
     */
    void create(StreamConfig config);

    /** All streams by name, system streams included. */
    List<StreamInfo> streams();

    /** The stream of this name. */
    StreamInfo stream(String name);

    /**
     * Appends all events or none, over any streams, and completes once they are synced, in the order of the batch. An event whose
     * id the stream already holds (or that comes twice in the batch) is not written again and gets the first one's position.
     *
     * <p>All errors come through the future: {@link EventProblem.Overloaded} when the queue is full,
     * {@link EventProblem.UnknownStream}, {@link EventProblem.TooLarge}, {@link EventProblem.WriteFailed}. After a failed write it
     * is open whether the events are there: append them again under the same ids. What is chained to the future without
     * {@code Async} runs on the log's own thread: keep it short, never wait in it for another append.
     */
    CompletableFuture<List<Appended>> append(List<Addressed> batch);

    default CompletableFuture<Appended> append(String stream, Event event) {
        return append(List.of(new Addressed(stream, event))).thenApply(List::getFirst);
    }

    /** Appends and waits; throws the {@link EventProblem} itself. */
    default List<Appended> appendAndWait(List<Addressed> batch) {
        return await(append(batch));
    }

    /** Waits for a future of this log and throws the {@link EventProblem} itself. */
    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof EventProblem problem) {
                throw problem;
            }
            throw failed;
        }
    }

    /**
     * Events of one partition in order of offset; empty at the end. May return fewer than {@code max} when their data is large,
     * but at least one if there is one.
     *
     * @throws EventProblem.Expired if retention has dropped the offset
     * @throws EventProblem.Corrupt if a record there is damaged
     */
    List<Stored> read(Position from, int max);

    /** Offset of the first event still kept. */
    long startOffset(StreamPartition partition);

    /** Offset that the next event will get; everything before it is durable. */
    long endOffset(StreamPartition partition);

    /** The offset of the next event of every partition of these streams, consistent with one moment of commit. */
    Offsets endOffsets(Set<String> streams);

    Optional<Stored> find(String stream, String eventId);

    /**
     * The first offset whose event was stored ({@link Stored#ingestedMicros}) at or after the instant; the end offset if there is
     * none. Arrival is used because it never decreases along a partition, so that nothing stored later is left out; the event's
     * own time may run in any order.
     */
    long offsetAt(StreamPartition partition, long timeMicros);

    /**
     * Joins a consumer group. Begins where the group has committed, else at {@code start}.
     *
     * @param streams each must exist
     */
    Subscription subscribe(String group, Set<String> streams, Start start);

    /** What the group has committed, over all streams. */
    Offsets committed(String group);

    /** Puts aside an event that is in the log. */
    CompletableFuture<Appended> deadLetter(Stored stored, Rejection why);

    /** Puts aside an event that was refused before it was stored; its stream must exist. */
    CompletableFuture<Appended> deadLetter(Addressed refused, Rejection why);

    /**
     * What was put aside for this stream, oldest first.
     *
     * @param fromOffset in the system stream; offsets that retention dropped are skipped
     */
    List<DeadLetter> deadLetters(String stream, long fromOffset, int max);

    /** Drops what is older or larger than each stream's retention allows; returns how many events were dropped. */
    long retain(long nowMicros);

    /** Writes a consistent copy of the log, up to some moment between call and return, into a folder that must not exist yet. */
    void checkpoint(Path folder);

    @Override
    void close();
}
