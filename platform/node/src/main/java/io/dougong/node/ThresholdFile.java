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
 * The abstention thresholds as of the offsets of the last two feature checkpoints. It is written before the features are
 * checkpointed; whichever checkpoint a crash leaves behind, the thresholds of the same moment are here.
 */
final class ThresholdFile {

    private static final int KEPT = 2;

    /** @param states decision to digest of the artifact to state */
    record Generation(Offsets at, Map<String, Map<String, AdaptiveConformal.State>> states) {}

    record Content(List<Generation> generations) {}

    private final Path file;

    ThresholdFile(Path file) {
        this.file = file;
    }

    void write(Offsets at, Map<String, Map<Digest, AdaptiveConformal.State>> states) {
        Map<String, Map<String, AdaptiveConformal.State>> text = new TreeMap<>();
        states.forEach((decision, byDigest) -> {
            Map<String, AdaptiveConformal.State> named = new TreeMap<>();
            byDigest.forEach((digest, state) -> {
                if (!Double.isNaN(state.q())) {
                    named.put(digest.hex(), state);
                }
            });
            text.put(decision, named);
        });
        List<Generation> generations = new ArrayList<>(List.of(new Generation(at, text)));
        read().generations().stream().limit(KEPT - 1L).forEach(generations::add);
        DurableFiles.write(file, Json.bytes(new Content(generations)));
    }

    /** The thresholds of one decision at these offsets; empty if none were kept. */
    Map<Digest, AdaptiveConformal.State> at(Offsets offsets, String decision) {
        Map<Digest, AdaptiveConformal.State> states = new TreeMap<>();
        read().generations().stream()
                .filter(generation -> generation.at().equals(offsets))
                .findFirst()
                .map(generation -> generation.states().getOrDefault(decision, Map.of()))
                .ifPresent(kept -> kept.forEach((digest, state) -> states.put(new Digest(digest), state)));
        return states;
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
