package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "models",
        description = "Versions of models and the traffic they take.",
        subcommands = {ModelsCommand.List.class, ModelsCommand.Show.class, ModelsCommand.Promote.class})
final class ModelsCommand extends Dougong.Group {

    /** Which part of the traffic a version takes. */
    enum Route {
        CHAMPION,
        CHALLENGER,
        CANARY,
        SHADOW
    }

    @CommandLine.Command(name = "list", description = "All models of an application, with their versions.")
    static final class List extends Command {

        @Parameters(paramLabel = "APP")
        @Nullable
        String application;

        @Override
        public Integer call() {
            JsonNode models = client().get(
                            Client.path("applications", java.util.Objects.requireNonNull(application), "models"))
                    .path("models");
            return show(
                    models,
                    () -> screen().table(
                                    models,
                                    java.util.List.of(
                                            "model",
                                            "version",
                                            "roles",
                                            "createdMicros",
                                            "metrics.auc",
                                            "metrics.ece",
                                            "digest")));
        }
    }

    @CommandLine.Command(name = "show", description = "One model: versions, metrics, roles.")
    static final class Show extends Command {

        @Parameters(paramLabel = "APP/MODEL", converter = Part.Converter.class)
        @Nullable
        Part model;

        @Override
        public Integer call() {
            Part of = java.util.Objects.requireNonNull(model);
            JsonNode found = client().get(Client.path("applications", of.application(), "models", of.name()));
            return show(found, () -> tell(found));
        }

        private void tell(JsonNode found) {
            screen().title(found.path("model").asText());
            ArrayNode versions = ModelTables.versions(found);
            screen().table(versions, ModelTables.columns(versions));
            ArrayNode runs = ModelTables.runs(found);
            screen().line("");
            screen().table(runs, ModelTables.columns(runs));
        }
    }

    @CommandLine.Command(
            name = "promote",
            description = "Give a version a role in the traffic.",
            footer = {
                "%nExamples:",
                "  dougong models promote flight-delay/late-arrival 2",
                "  dougong models promote flight-delay/late-arrival 3 --route canary --share 0.05"
            })
    static final class Promote extends Command {

        @Parameters(index = "0", paramLabel = "APP/MODEL", converter = Part.Converter.class)
        @Nullable
        Part model;

        @Parameters(index = "1", paramLabel = "VERSION")
        int version;

        @Option(
                names = "--route",
                paramLabel = "ROUTE",
                description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
        Route route = Route.CHAMPION;

        @Option(
                names = "--share",
                paramLabel = "PART",
                description = "Part of the traffic, 0 to 1, of a canary or challenger.")
        @Nullable
        Double share;

        @Option(names = "--force", description = "Also if a gate was not passed; this is recorded.")
        boolean force;

        @Override
        public Integer call() {
            Part of = java.util.Objects.requireNonNull(model);
            ObjectNode body =
                    object().put("version", version).put("route", route.name()).put("force", force);
            if (share != null) {
                body.put("share", share);
            }
            JsonNode done =
                    client().post(Client.path("applications", of.application(), "models", of.name(), "promote"), body);
            return show(
                    done,
                    () -> screen().good("Version " + version + " of " + of + " is "
                            + route.name().toLowerCase(Locale.ROOT) + "."));
        }
    }
}
