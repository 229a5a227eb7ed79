package io.dougong.server.console;

import io.dougong.serving.DecisionDefinition;
import java.util.List;

/** Which colour an outcome has: the highest band is warm, REVIEW is amber, the lowest is cool. */
final class Tones {

    private Tones() {}

    static String of(DecisionDefinition decision, String outcome) {
        List<String> labels = decision.outcomes().stream()
                .map(DecisionDefinition.OutcomeBand::label)
                .toList();
        if (outcome.equals("REVIEW")) {
            return "review";
        }
        return !labels.isEmpty() && labels.getFirst().equals(outcome) ? "high" : "low";
    }
}
