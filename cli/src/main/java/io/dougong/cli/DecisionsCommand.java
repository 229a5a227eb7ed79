package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "decisions",
        description = "Recorded decisions.",
        subcommands = {
            DecisionsCommand.Listing.class,
            DecisionsCommand.Show.class,
            DecisionsCommand.Letter.class,
            AssessCommand.class
        })
final class DecisionsCommand extends Dougong.Group {

    @CommandLine.Command(
            name = "list",
            description = "The newest decisions first.",
            footer = {"%nExample:", "  dougong decisions list --app flight-delay --outcome REVIEW --max 50"})
    static final class Listing extends Command {

        @Option(names = "--app", paramLabel = "APP", description = "Of this application only.")
        @Nullable
        String application;

        @Option(names = "--decision", paramLabel = "NAME", description = "Of this decision only.")
        @Nullable
        String decision;

        @Option(names = "--outcome", paramLabel = "OUTCOME", description = "With this outcome only, e.g. REVIEW.")
        @Nullable
        String outcome;

        @Option(names = "--max", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
        int max = 20;

        @Override
        public Integer call() {
            Map<String, String> query = new LinkedHashMap<>();
            add(query, "application", application);
            add(query, "decision", decision);
            add(query, "outcome", outcome);
            add(query, "max", Integer.toString(max));
            JsonNode decisions =
                    client().get(Client.path("decisions") + Client.query(query)).path("decisions");
            return show(
                    decisions,
                    () -> screen().table(
                                    decisions,
                                    List.of(
                                            "id",
                                            "application",
                                            "name",
                                            "outcome",
                                            "score.probability",
                                            "model.version",
                                            "decidedMicros")));
        }

        private static void add(Map<String, String> query, String name, @Nullable String value) {
            if (value != null) {
                query.put(name, value);
            }
        }
    }

    @CommandLine.Command(name = "show", description = "One decision, with reasons, values and lineage.")
    static final class Show extends Command {

        @Parameters(paramLabel = "ID")
        @Nullable
        String id;

        @Override
        public Integer call() {
            JsonNode decision = client().get(Client.path("decisions", java.util.Objects.requireNonNull(id)));
            return show(decision, () -> {
                new DecisionCard(screen()).print(decision);
                screen().title("  features");
                decision.path("features")
                        .forEach(feature -> screen().line(
                                        "    " + feature.path(0).asText() + " = " + Screen.cell("", feature.path(1))));
                screen().title("  lineage");
                screen().pairs(decision.path("lineage"));
            });
        }
    }

    @CommandLine.Command(
            name = "letter",
            description = "The letter that explains a refusal to the person.",
            footer = {"%nExample:", "  dougong decisions letter ID --language zh"})
    static final class Letter extends Command {

        @Parameters(paramLabel = "ID")
        @Nullable
        String id;

        @Option(names = "--language", paramLabel = "en|zh", description = "Default: ${DEFAULT-VALUE}.")
        String language = "en";

        @Override
        public Integer call() {
            String path = Client.path("decisions", java.util.Objects.requireNonNull(id), "letter");
            String letter = new String(
                    client().bytes(path + Client.query(Map.of("language", language))), StandardCharsets.UTF_8);
            return show(
                    object().put("id", id).put("language", language).put("letter", letter),
                    () -> letter.lines().forEach(screen()::line));
        }
    }
}
