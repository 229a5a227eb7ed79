package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "features",
        description = "Look at feature values, and prove them.",
        subcommands = {FeaturesCommand.Listing.class, FeaturesCommand.Show.class, FeaturesCommand.Verify.class})
final class FeaturesCommand extends Dougong.Group {

    @CommandLine.Command(name = "list", description = "All features of an application, and how fresh they are.")
    static final class Listing extends Command {

        @Parameters(paramLabel = "APP")
        @Nullable
        String application;

        @Override
        public Integer call() {
            JsonNode features = client().get(
                            Client.path("applications", java.util.Objects.requireNonNull(application), "features"))
                    .path("features");
            return show(
                    features,
                    () -> screen().table(
                                    features,
                                    java.util.List.of("name", "stream", "entity", "entities", "newestMicros")));
        }
    }

    @CommandLine.Command(
            name = "show",
            description = "The values of a feature view for one entity.",
            footer = {"%nExample:", "  dougong features show flight-delay/origin_arrivals --entity origin=ATL"})
    static final class Show extends Command {

        @Parameters(paramLabel = "APP/VIEW", converter = Part.Converter.class)
        @Nullable
        Part view;

        @Option(
                names = "--entity",
                paramLabel = "FIELD=VALUE",
                description = "The entity; once for each of its fields.")
        Map<String, String> entity = new LinkedHashMap<>();

        @Option(names = "--at", paramLabel = "TIME", description = "As of this event time (default: the newest).")
        @Nullable
        String at;

        @Override
        public Integer call() {
            Part of = java.util.Objects.requireNonNull(view);
            ObjectNode body = object();
            ObjectNode fields = body.putObject("entity");
            entity.forEach(fields::put);
            if (at != null) {
                body.put("at", at);
            }
            JsonNode values = client().post(Client.path("applications", of.application(), "features", of.name()), body);
            return show(values, () -> screen().values(values.path("values")));
        }
    }

    @CommandLine.Command(
            name = "verify",
            description = "Compute every streamed value again from the lake and compare.",
            footer = {"%nExits with 1 if a value differs."})
    static final class Verify extends Command {

        @Parameters(paramLabel = "APP")
        @Nullable
        String application;

        @Override
        public Integer call() {
            String app = java.util.Objects.requireNonNull(application);
            JsonNode report = client().post(Client.path("applications", app, "verify-features"));
            boolean same = report.path("mismatches").asLong() == 0;
            show(report, () -> {
                String text = report.path("values").asLong() + " values of "
                        + report.path("decisions").asLong()
                        + " decisions compared, "
                        + report.path("mismatches").asLong() + " differ.";
                if (same) {
                    screen().good(text);
                } else {
                    screen().bad(text);
                    screen().table(report.path("examples"));
                }
            });
            return same ? Exit.OK : Exit.REFUSED;
        }
    }
}
