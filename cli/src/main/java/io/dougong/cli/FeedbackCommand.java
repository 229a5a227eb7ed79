package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "feedback",
        description = "Tell what was true about a decision.",
        footer = {"%nExamples:", "  dougong feedback ID --label true", "  dougong feedback ID --label setosa"})
final class FeedbackCommand extends Command {

    @Parameters(paramLabel = "ID")
    @Nullable
    String id;

    @Option(
            names = "--label",
            required = true,
            paramLabel = "LABEL",
            description = "true or false, the name of the true class, or the number.")
    @Nullable
    String label;

    @Override
    public Integer call() {
        String decision = java.util.Objects.requireNonNull(id);
        ObjectNode body = object();
        ReplayCommand.put(body, "label", java.util.Objects.requireNonNull(label));
        JsonNode done = client().post(Client.path("decisions", decision, "feedback"), body);
        return show(done, () -> screen().good("Feedback for " + decision + " is recorded."));
    }
}
