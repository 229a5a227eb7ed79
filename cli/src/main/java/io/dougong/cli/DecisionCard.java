package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Prints one decision for a person: outcome first, then why, then what it was made of. */
final class DecisionCard {

    private static final int CLASSES = 5;

    private final Screen screen;
    private final boolean chinese;

    DecisionCard(Screen screen) {
        this.screen = screen;
        this.chinese = Locale.getDefault().getLanguage().equals("zh");
    }

    void print(JsonNode decision) {
        JsonNode model = decision.path("model");
        String outcome = decision.path("outcome").asText();
        screen.line(screen.style("bold", screen.style(outcome.equals("REVIEW") ? "yellow" : "green", outcome))
                + "  " + decision.path("application").asText() + "/"
                + decision.path("name").asText()
                + screen.style("faint", "  " + decision.path("id").asText()));
        score(decision.path("score"));
        pair(
                "confidence",
                number(decision.path("confidence").path("value")) + "  (answers from "
                        + number(decision.path("confidence").path("threshold")) + " on)");
        pair(
                "model",
                model.path("name").asText() + " " + model.path("version").asText() + ", "
                        + model.path("route").asText().toLowerCase(Locale.ROOT));
        pair("asked", Screen.cell("askedMicros", decision.path("question").path("askedMicros")));
        reasons(decision.path("reasons"));
        verdicts(decision.path("verdicts"));
    }

    /** A probability, the most probable classes, or a value with its interval. */
    private void score(JsonNode score) {
        if (score.has("spread")) {
            pair("value", number(score.path("value")));
            pair("interval", number(score.path("low")) + " to " + number(score.path("high")));
        } else {
            pair("probability", number(score.path("probability")));
        }
        if (score.has("classes")) {
            pair(
                    "classes",
                    score.path("classes").properties().stream()
                            .sorted(Comparator.comparingDouble((Map.Entry<String, JsonNode> each) ->
                                            each.getValue().asDouble())
                                    .reversed())
                            .limit(CLASSES)
                            .map(each -> each.getKey() + " " + number(each.getValue()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private void pair(String name, String value) {
        screen.line("  " + screen.style("faint", name + " ".repeat(13 - name.length())) + value);
    }

    private void reasons(JsonNode reasons) {
        if (!reasons.isEmpty()) {
            screen.title("  because");
            List<List<String>> lines = StreamSupport.stream(reasons.spliterator(), false)
                    .map(reason -> List.of(
                            "%+.3f".formatted(reason.path("contribution").asDouble()),
                            reason.path(chinese ? "zh" : "en").asText()))
                    .toList();
            lines.forEach(line -> screen.line("  "
                    + " ".repeat(Math.max(0, 8 - line.getFirst().length())) + line.getFirst() + "  " + line.getLast()));
        }
    }

    private void verdicts(JsonNode verdicts) {
        verdicts.forEach(verdict -> screen.line(
                "  " + screen.style("yellow", "! ") + verdict.path("field").asText() + ": "
                        + verdict.path("message").asText()));
    }

    private static String number(JsonNode value) {
        return value.isNumber() ? "%.4f".formatted(value.asDouble()) : "–";
    }
}
