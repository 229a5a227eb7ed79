package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "reviews",
        description = "Decisions that wait for a person.",
        subcommands = {
            ReviewsCommand.Listing.class,
            ReviewsCommand.Show.class,
            ReviewsCommand.Settle.class,
            ReviewsCommand.Agreement.class
        })
final class ReviewsCommand extends Dougong.Group {

    @CommandLine.Command(
            name = "list",
            description = "Cases that wait, the most urgent first.",
            footer = {"%nExample:", "  dougong reviews list credit-risk --mine"})
    static final class Listing extends Command {

        @Parameters(paramLabel = "APP")
        @Nullable
        String application;

        @Option(names = "--decision", paramLabel = "NAME", description = "Of this decision only.")
        @Nullable
        String decision;

        @Option(names = "--over", description = "Those that are settled or overtaken instead, the newest first.")
        boolean over;

        @Option(names = "--mine", description = "Without those I have had a say in.")
        boolean mine;

        @Option(names = "--max", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
        int max = 20;

        @Override
        public Integer call() {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("state", over ? "over" : "waiting");
            query.put("max", Integer.toString(max));
            if (mine) {
                query.put("mine", "true");
            }
            if (decision != null) {
                query.put("decision", decision);
            }
            JsonNode desk = client().get(Client.path("applications", Objects.requireNonNull(application), "reviews")
                    + Client.query(query));
            return show(desk, () -> print(desk));
        }

        private void print(JsonNode desk) {
            JsonNode counts = desk.path("counts");
            screen().line("%d wait (%d overdue, %d disputed), %d settled, %d overtaken by the truth"
                    .formatted(
                            counts.path("waiting").asLong(),
                            counts.path("overdue").asLong(),
                            counts.path("disputed").asLong(),
                            counts.path("settled").asLong(),
                            counts.path("overtaken").asLong()));
            if (!desk.path("cases").isEmpty()) {
                screen().table(
                                desk.path("cases"),
                                over
                                        ? List.of(
                                                "decisionId", "decision", "key", "state", "leaning", "outcome", "truth")
                                        : List.of(
                                                "decisionId",
                                                "decision",
                                                "key",
                                                "probability",
                                                "leaning",
                                                "state",
                                                "dueMicros"));
            }
        }
    }

    @CommandLine.Command(name = "show", description = "One case, with past cases like it.")
    static final class Show extends Command {

        @Parameters(paramLabel = "ID", description = "The decision's id.")
        @Nullable
        String id;

        @Override
        public Integer call() {
            JsonNode found = client().get(Client.path("reviews", Objects.requireNonNull(id)));
            JsonNode decision = client().get(Client.path("decisions", Objects.requireNonNull(id)));
            return show(found, () -> {
                new DecisionCard(screen()).print(decision);
                screen().title("  case");
                screen().pairs(((ObjectNode) found.deepCopy()).without(List.of("similar", "opinions")));
                screen().title("  opinions");
                if (!found.path("opinions").isEmpty()) {
                    screen().table(found.path("opinions"));
                }
                screen().title("  past cases like it");
                if (!found.path("similar").isEmpty()) {
                    screen().table(found.path("similar"));
                }
            });
        }
    }

    @CommandLine.Command(
            name = "settle",
            description = "Say how a case shall be settled; needs the role REVIEWER.",
            footer = {"%nExample:", "  dougong reviews settle ID REFUSE --note 'income not proved'"})
    static final class Settle extends Command {

        @Parameters(index = "0", paramLabel = "ID", description = "The decision's id.")
        @Nullable
        String id;

        @Parameters(index = "1", paramLabel = "OUTCOME", description = "One of the decision's outcomes.")
        @Nullable
        String outcome;

        @Option(names = "--note", paramLabel = "TEXT", description = "Why.")
        @Nullable
        String note;

        @Override
        public Integer call() {
            ObjectNode body = object().put("outcome", outcome);
            if (note != null) {
                body.put("note", note);
            }
            JsonNode now = client().post(Client.path("reviews", Objects.requireNonNull(id)), body);
            return show(
                    now,
                    () -> screen().good(
                                    now.path("state").asText().equals("SETTLED")
                                            ? "Settled as "
                                                    + now.path("outcome").asText() + "."
                                            : "Noted; another person must look."));
        }
    }

    @CommandLine.Command(name = "agreement", description = "How far people, model and truth agree.")
    static final class Agreement extends Command {

        @Parameters(paramLabel = "APP")
        @Nullable
        String application;

        @Override
        public Integer call() {
            JsonNode report =
                    client().get(Client.path("applications", Objects.requireNonNull(application), "review-agreement"));
            return show(report, () -> screen().pairs(report));
        }
    }
}
