package io.dougong.serving;

import io.dougong.kernel.Digest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which version answers whom. A key keeps its version for as long as the shares stay the same, and a growing canary only ever adds
 * keys: the hash of application, model and key is a point in [0, 1); canary takes the lowest part, challenger the next, champion the rest.
 */
public final class Rollout {

    private static final double TWO_TO_53 = 0x1p53;
    private static final int BITS_DROPPED = 11;

    private final String salt;
    private final Gathering gathering;
    private final Arm champion;
    private final Optional<Arm> challenger;
    private final double challengerShare;
    private final Optional<Arm> canary;
    private final double canaryShare;
    private final List<Arm> shadows;

    /**
     * @param salt e.g. application and model, so that experiments are independent
     * @param gathering collects the values that all arms were made for
     */
    public Rollout(
            String salt,
            Gathering gathering,
            Arm champion,
            Optional<Traffic> challenger,
            Optional<Traffic> canary,
            List<Arm> shadows) {
        this.salt = salt;
        this.gathering = gathering;
        this.champion = champion;
        this.challenger = challenger.map(Traffic::arm);
        this.challengerShare = challenger.map(Traffic::share).orElse(0.0);
        this.canary = canary.map(Traffic::arm);
        this.canaryShare = canary.map(Traffic::share).orElse(0.0);
        this.shadows = List.copyOf(shadows);
        if (!(challengerShare >= 0 && canaryShare >= 0 && challengerShare + canaryShare <= 1)) {
            throw ServingProblem.badShares(challengerShare, canaryShare);
        }
    }

    /** A version that takes a share of the keys, 0 to 1. */
    public record Traffic(Arm arm, double share) {}

    Arm arm(String key) {
        if (canary.isEmpty() && challenger.isEmpty()) {
            return champion;
        }
        double point = point(key);
        if (canary.isPresent() && point < canaryShare) {
            return canary.get();
        }
        if (challenger.isPresent() && point < canaryShare + challengerShare) {
            return challenger.get();
        }
        return champion;
    }

    Gathering gathering() {
        return gathering;
    }

    private double point(String key) {
        byte[] hash = Digest.of(salt + "/" + key).bytes();
        return (ByteBuffer.wrap(hash).getLong() >>> BITS_DROPPED) / TWO_TO_53;
    }

    List<Arm> shadows() {
        return shadows;
    }

    /** Every arm that may answer. */
    List<Arm> answering() {
        return Stream.of(Stream.of(champion), challenger.stream(), canary.stream())
                .flatMap(arms -> arms)
                .toList();
    }
}
