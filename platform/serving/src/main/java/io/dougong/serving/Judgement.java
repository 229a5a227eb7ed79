package io.dougong.serving;

import io.dougong.decisions.Confidence;
import io.dougong.decisions.Outcome;
import io.dougong.decisions.Reason;
import io.dougong.decisions.Score;
import io.dougong.decisions.Verdict;
import java.util.List;
import java.util.Map;

/** Everything about a decision that follows from model, values and threshold alone; {@code cached} says whether the score was known. */
public record Judgement(
        Score score,
        Outcome outcome,
        Confidence confidence,
        List<Reason> reasons,
        List<Verdict> verdicts,
        Map<String, Double> expectedCosts,
        boolean cached) {}
