package io.dougong.server.console;

import io.dougong.decisions.Decision;
import io.dougong.decisions.Route;
import io.dougong.decisions.Score;
import io.dougong.decisions.ShadowScore;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a list shows of one decision.
 *
 * @param from and {@code to}: places that its input names, empty if it names none
 * @param amount a number with its interval in words; empty if a class was asked for
 * @param shadows what other models would have said: their name to a probability
 * @param truth what it turned out to be; null as long as nobody knows
 */
record Brief(
        String id,
        String application,
        String name,
        String key,
        String outcome,
        double probability,
        String amount,
        long askedMicros,
        long decidedMicros,
        String model,
        int version,
        Route route,
        String from,
        String to,
        Map<String, Double> shadows,
        @Nullable Boolean truth) {

    static Brief of(Decision decision, Places places) {
        Places.Pair pair = places.named(decision);
        return new Brief(
                decision.id(),
                decision.application(),
                decision.name(),
                decision.question().key(),
                decision.outcome().label(),
                decision.score().probability(),
                decision.score() instanceof Score.Amount ? Scores.words(decision.score()) : "",
                decision.question().askedMicros(),
                decision.decidedMicros(),
                decision.model().name(),
                decision.model().version(),
                decision.model().route(),
                pair.from(),
                pair.to(),
                shadows(decision),
                null);
    }

    /** Other versions of the same model are candidates of a healing, not models to compare with for long. */
    private static Map<String, Double> shadows(Decision decision) {
        Map<String, Double> shadows = new TreeMap<>();
        for (ShadowScore shadow : decision.shadows()) {
            if (!shadow.model().name().equals(decision.model().name())) {
                shadows.put(shadow.model().name(), shadow.score().probability());
            }
        }
        return shadows;
    }

    Brief turnedOut(boolean label) {
        return new Brief(
                id,
                application,
                name,
                key,
                outcome,
                probability,
                amount,
                askedMicros,
                decidedMicros,
                model,
                version,
                route,
                from,
                to,
                shadows,
                label);
    }

    /** The probability, or the number with its interval. */
    String said(int digits) {
        return amount.isEmpty() ? Figures.decimal(probability, digits) : amount;
    }

    boolean review() {
        return outcome.equals("REVIEW");
    }
}
