package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "healing",
        description = "How models are healed, and a person's hand in it.",
        subcommands = {
            HealingCommand.Status.class,
            HealingCommand.Hold.class,
            HealingCommand.Resume.class,
            HealingCommand.Approve.class,
            HealingCommand.Undo.class
        })
final class HealingCommand extends Dougong.Group {

    @CommandLine.Command(name = "status", description = "Where the healing of each model stands, and its story.")
    static final class Status extends Command {

        @Parameters(paramLabel = "APP")
        @Nullable
        String application;

        @Override
        public Integer call() {
            JsonNode healing = client().get(Client.path("applications", Objects.requireNonNull(application), "healing"))
                    .path("healing");
            return show(healing, () -> healing.forEach(this::tell));
        }

        private void tell(JsonNode model) {
            screen().title(model.path("model").asText() + ": "
                    + model.path("phase").asText() + (model.path("held").asBoolean() ? ", held" : ""));
            if (!model.path("story").isEmpty()) {
                screen().table(
                                model.path("story"),
                                java.util.List.of("atMicros", "episode", "outcome", "english", "decisionId"));
            }
        }
    }

    /** An act on one model. */
    abstract static class Act extends Command {

        private final String act;
        private final String done;

        @Parameters(paramLabel = "APP/MODEL", converter = Part.Converter.class)
        @Nullable
        Part model;

        Act(String act, String done) {
            this.act = act;
            this.done = done;
        }

        @Override
        public Integer call() {
            Part of = Objects.requireNonNull(model);
            JsonNode answer = client().post(Client.path("applications", of.application(), "healing", of.name(), act));
            return show(answer, () -> screen().good(done + " " + of + "."));
        }
    }

    @CommandLine.Command(name = "hold", description = "Stop it where it is, until it is resumed.")
    static final class Hold extends Act {
        Hold() {
            super("hold", "Held:");
        }
    }

    @CommandLine.Command(name = "resume", description = "Let it go on.")
    static final class Resume extends Act {
        Resume() {
            super("resume", "Goes on:");
        }
    }

    @CommandLine.Command(name = "approve", description = "Approve a promotion that waits for it.")
    static final class Approve extends Act {
        Approve() {
            super("approve", "Approved:");
        }
    }

    @CommandLine.Command(name = "undo", description = "Drop the candidate, or bring the predecessor back.")
    static final class Undo extends Act {
        Undo() {
            super("undo", "Undone:");
        }
    }
}
