package io.dougong.flow;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where runs become true. An entry is synced as a whole before its future completes, entries become durable in the order of their
 * appending, and an outcome of one attempt can be in it once.
 *
 * <p>Opening a journal begins a new generation. What an older generation appends afterwards is refused with
 * {@link FlowProblem#fenced}: a node that lost its journal to another cannot write, however late it notices.
 */
public interface Journal extends AutoCloseable {

    /** This node's turn at the journal. */
    long generation();

    CompletableFuture<Void> append(Entry entry);

    Optional<String> definition(String digest);

    /** The workflows that can be started by name, with their digests, by name. */
    List<Applied> workflows();

    Optional<Run> run(String id);

    Optional<Run> runByKey(String key);

    /** The newest first. */
    List<Run> runs(Query query);

    /** All that happened to a run, in order. */
    List<RunEvent> events(String run);

    /** An outcome that was kept under this key at that time or later. */
    Optional<StepOutcome> kept(String key, long sinceMicros);

    /** The newest signal of that name which carries these keys and came at that time or later. */
    List<Signal> signals(String name, long sinceMicros);

    @Override
    void close();

    /** One thing to write. */
    sealed interface Entry {

        /**
         * Something happened to a run.
         *
         * @param event absent if only the row changes, for a run that cannot be continued
         * @param row how the run stands now, if that changed
         * @param document the workflow, with the first event
         * @param keep the key under which the outcome is kept for later runs
         */
        record Happened(
                String run,
                long seq,
                @Nullable RunEvent event,
                @Nullable Run row,
                @Nullable String document,
                @Nullable String keep)
                implements Entry {}

        /** A workflow can be started by this name from now on. */
        record Apply(Applied workflow, String document) implements Entry {}

        /** A signal came; it stays for steps that will wait for it. */
        record Came(Signal signal) implements Entry {}
    }

    /** A workflow under its name. */
    record Applied(String name, String digest, long appliedMicros) {}

    /** A signal that came. */
    record Signal(
            String id,
            String name,
            java.util.Map<String, Object> keys,
            java.util.Map<String, Object> payload,
            String by,
            long atMicros) {}

    /** Which runs. */
    record Query(Optional<String> workflow, boolean openOnly, int most) {

        public static final Query OPEN = new Query(Optional.empty(), true, Integer.MAX_VALUE);

        public static Query newest(int most) {
            return new Query(Optional.empty(), false, most);
        }
    }
}
