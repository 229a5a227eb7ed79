package io.dougong.learn;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of training, as the {@link RunLog} keeps it.
 *
 * @param parameters of trainer, split, calibration and time range, as text
 * @param outcome what a finished run made; null in every other state
 * @param failure why a failed or interrupted run made nothing; null in every other state
 */
public record TrainingRun(
        String runId,
        String application,
        String model,
        State state,
        long startedMicros,
        @Nullable Long endedMicros,
        String codeVersion,
        long seed,
        Map<String, String> parameters,
        @Nullable Outcome outcome,
        @Nullable String failure) {

    public TrainingRun {
        parameters = Map.copyOf(parameters);
    }

    public enum State {
        RUNNING,
        FINISHED,
        FAILED,
        /** The process ended while the run was running. */
        INTERRUPTED
    }

    /**
     * What a finished run made.
     *
     * @param version in the model registry
     * @param digest of the artifact
     * @param snapshots stream to the snapshot of its lake table that was read
     * @param rows what each slice of the data set held
     */
    public record Outcome(
            int version,
            String digest,
            Map<String, Long> snapshots,
            Rows rows,
            Evaluation evaluation,
            List<GateResult> gates) {

        public Outcome {
            snapshots = Map.copyOf(snapshots);
            gates = List.copyOf(gates);
        }

        /** Whether every gate holds. */
        public boolean passed() {
            return gates.stream().allMatch(GateResult::passed);
        }
    }

    /** Rows of the data set by what became of them. */
    public record Rows(int train, int calibrate, int test, int embargoed, long unlabelled) {}
}
