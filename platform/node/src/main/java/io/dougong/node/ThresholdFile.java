package io.dougong.node;

import io.dougong.kernel.Digest;
import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.Json;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.StorageProblem;
import io.dougong.models.AdaptiveConformal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far the pipeline had decided, and the abstention thresholds then, as of the last two feature checkpoints. It is written before
 * the features are checkpointed; whichever checkpoint a crash leaves behind, what belongs to it is here.
 */
final class ThresholdFile {

    private static final int KEPT = 2;

    /**
     * @param at what the features had seen
     * @param decided events that have been decided, by the log's names; those before are only counted again, never asked again
     * @param states decision to digest of the artifact to state
     */
    record Generation(Offsets at, Offsets decided, Map<String, Map<String, AdaptiveConformal.State>> states) {

        static final Generation NONE = new Generation(Offsets.NONE, Offsets.NONE, Map.of());

        Map<Digest, AdaptiveConformal.State> of(String decision) {
            Map<Digest, AdaptiveConformal.State> byDigest = new TreeMap<>();
            states.getOrDefault(decision, Map.of()).forEach((digest, state) -> byDigest.put(new Digest(digest), state));
            return byDigest;
        }
    }

    record Content(List<Generation> generations) {}

    private final Path file;

    ThresholdFile(Path file) {
        this.file = file;
    }

    void write(Offsets at, Offsets decided, Map<String, Map<Digest, AdaptiveConformal.State>> states) {
        Map<String, Map<String, AdaptiveConformal.State>> text = new TreeMap<>();
        states.forEach((decision, byDigest) -> text.put(decision, named(byDigest)));
        List<Generation> generations = new ArrayList<>(List.of(new Generation(at, decided, text)));
        read().generations().stream()
                .filter(older -> !older.at().equals(at))
                .limit(KEPT - 1L)
                .forEach(generations::add);
        DurableFiles.write(file, Json.bytes(new Content(generations)));
    }

    private static Map<String, AdaptiveConformal.State> named(Map<Digest, AdaptiveConformal.State> byDigest) {
        Map<String, AdaptiveConformal.State> named = new TreeMap<>();
        byDigest.forEach((digest, state) -> {
            if (!Double.isNaN(state.q())) {
                named.put(digest.hex(), state);
            }
        });
        return named;
    }

    /** What belongs to features that have seen this much; the newest if they begin anew because their definitions changed. */
    Generation at(Offsets applied) {
        List<Generation> generations = read().generations();
        return generations.stream()
                .filter(generation -> generation.at().equals(applied))
                .findFirst()
                .orElseGet(() -> generations.isEmpty() ? Generation.NONE : generations.getFirst());
    }

    private Content read() {
        if (!Files.exists(file)) {
            return new Content(List.of());
        }
        try {
            return Json.read(Files.readAllBytes(file), Content.class);
        } catch (IOException unreadable) {
            throw StorageProblem.unreadable(file.toString(), unreadable);
        }
    }
}
