package io.dougong.decisions;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A decision computed again.
 *
 * @param identical whether every computed value equals the recorded one bit for bit (only asked without {@code set})
 * @param differences the values that differ, by path, e.g. {@code score.margin}
 * @param fidelity what "the same" means for this model
 */
public record Replay(
        Decision recorded, Decision recomputed, boolean identical, List<Difference> differences, Fidelity fidelity) {

    public record Difference(String path, String recorded, String recomputed) {}

    public enum Fidelity {
        /** Computed in the JVM: equal everywhere. */
        EXACT,
        /** A native runtime: equal on the same library, thread count and processor. */
        SAME_RUNTIME,
        /** Outputs of a language model or tool were taken from the record. */
        RECORDED_OUTPUT
    }

    /**
     * @param asOfLake recompute the features from the lake's snapshot instead of taking the recorded ones
     * @param set feature or input name to another value: what would have been?
     */
    public record Request(boolean asOfLake, Map<String, Object> set) {

        public static final Request PLAIN = new Request(false, Map.of());

        public Request {
            set = Collections.unmodifiableMap(new TreeMap<>(set));
        }
    }
}
