package io.dougong.decisions;

import io.dougong.kernel.Digest;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.StreamPartition;
import java.util.List;
import java.util.Map;

/** Decisions for tests. */
final class Samples {

    private Samples() {}

    static Decision late() {
        return late(0.1 + 0.2);
    }

    /** Of several classes, with a shadow of the same shape. */
    static Decision species() {
        Score.Classes score =
                new Score.Classes("Adelie", 0.1 + 0.2, Map.of("Adelie", 0.7, "Chin strap", 0.1 + 0.1, "企鹅", 1e-300));
        return scored(late(), score, new Outcome("Adelie"));
    }

    /** Of a number. */
    static Decision price() {
        return scored(late(), new Score.Amount(-12.5, 0.1 + 0.2, -13.1, -11.9), Outcome.REVIEW);
    }

    private static Decision scored(Decision d, Score score, Outcome outcome) {
        return new Decision(
                d.id(),
                d.application(),
                d.applicationVersion(),
                d.name(),
                d.decidedMicros(),
                d.question(),
                d.features(),
                d.model(),
                score,
                outcome,
                d.confidence(),
                d.reasons(),
                d.verdicts(),
                List.of(new ShadowScore(d.shadows().getFirst().model(), score, outcome)),
                d.cost(),
                d.lineage());
    }

    static Decision late(double margin) {
        ModelRef champion = new ModelRef("late-arrival", 3, Digest.of("model"), Route.CHAMPION, "jvm");
        return new Decision(
                "0192f0c1-0000-8000-8000-000000000001",
                "flight-delay",
                Digest.of("manifest").hex(),
                "will-be-late",
                1_000_000_000_000_001L,
                new Question(
                        "f17", null, 978_307_200_000_000L, Map.of("origin", "SFO", "distance", 337L, "cargo", false)),
                List.of(
                        FeatureValue.asked("origin", "SFO"),
                        new FeatureValue("origin_arrivals.rate_late_1h", 0.25, 60_000_000L),
                        new FeatureValue("origin_arrivals.mean_delay_1h", null, FeatureValue.NO_AGE)),
                champion,
                new Score.Binary(margin, 0.574442516811659),
                new Outcome("LATE"),
                new Confidence(0.574442516811659, 0.61, 0.9, 1),
                List.of(new Reason(
                        "RATE_LATE_HIGH", "origin_arrivals.rate_late_1h", 0.31, "Many late at the origin", "出发地晚点多")),
                List.of(new Verdict("stale", "origin_arrivals.rate_late_1h", Verdict.Severity.WARN, "1 min old")),
                List.of(new ShadowScore(
                        new ModelRef("static", 1, Digest.of("static"), Route.SHADOW, "jvm"),
                        new Score.Binary(-1.5, 0.18),
                        Outcome.REVIEW)),
                new Cost(87, 0, 0),
                new Lineage(Offsets.NONE.with(new StreamPartition("arrivals", 0), 17), Digest.of("features"), false));
    }
}
