package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "assess",
        description = "What the recorded decisions cost, how they treat groups, and how stable they are.",
        footer = {"%nExample:", "  dougong decisions assess credit-data/lend"})
final class AssessCommand extends Command {

    private static final int MOST_SLICES = 20;
    private static final double STEPS = 1_000;
    private static final List<String> GROUP = List.of(
            "group", "against", "rows", "favourable", "parity", "parityLow", "parityHigh", "opportunity", "impact");

    @Parameters(paramLabel = "APP/DECISION", converter = Part.Converter.class)
    @Nullable
    Part decision;

    @Override
    public Integer call() {
        Part found = Objects.requireNonNull(decision);
        JsonNode assessment =
                client().get(Client.path("applications", found.application(), "decisions", found.name(), "assessment"));
        return show(assessment, () -> print(assessment));
    }

    private void print(JsonNode assessment) {
        screen().line(assessment.path("decisions").asLong() + " decisions, the truth about "
                + assessment.path("labelled").asLong() + " of them is known; intervals of 95 %");
        table(
                "costs of rules, in " + assessment.path("unit").asText(),
                assessment.path("costs"),
                List.of("rule", "perDecision", "refused", "reviewed"));
        assessment
                .path("fairness")
                .properties()
                .forEach(field -> table("treatment by " + field.getKey(), groups(field.getValue()), GROUP));
        table("stability against training", assessment.path("stability"), List.of("name", "psi", "byChance"));
        table(
                "for whom it works",
                first(assessment.path("slices")),
                List.of("field", "value", "rows", "auc", "low", "high"));
    }

    private void table(String title, JsonNode rows, List<String> columns) {
        if (!rows.isEmpty()) {
            screen().line("");
            screen().title(title);
            screen().table(rounded(rows), columns);
        }
    }

    private ArrayNode rounded(JsonNode rows) {
        ArrayNode all = object().arrayNode();
        for (JsonNode row : rows) {
            ObjectNode one = all.addObject();
            row.properties()
                    .forEach(cell -> one.set(
                            cell.getKey(),
                            cell.getValue().isDouble()
                                    ? one.numberNode(Math.round(cell.getValue().asDouble() * STEPS) / STEPS)
                                    : cell.getValue()));
        }
        return all;
    }

    private ArrayNode groups(JsonNode groups) {
        ArrayNode rows = object().arrayNode();
        groups.forEach(group -> {
            ObjectNode row = rows.addObject();
            row.set("group", group.path("group"));
            row.set("against", group.path("reference"));
            row.set("rows", group.path("rows"));
            row.set("favourable", group.path("favourable"));
            for (String figure : List.of("parity", "opportunity", "impact")) {
                row.set(figure, group.path(figure).path("estimate"));
            }
            row.set("parityLow", group.path("parity").path("low"));
            row.set("parityHigh", group.path("parity").path("high"));
        });
        return rows;
    }

    private ArrayNode first(JsonNode slices) {
        ArrayNode rows = object().arrayNode();
        slices.forEach(slice -> {
            if (rows.size() < MOST_SLICES) {
                rows.add(slice);
            }
        });
        return rows;
    }
}
