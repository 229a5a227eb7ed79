package io.dougong.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of all commands; reads like a table of contents. */
@CommandLine.Command(
        name = "dougong",
        description = "The AI-native decision platform for the JVM.",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        version = "dougong 0.1.0-SNAPSHOT",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused, not identical, or a check failed",
            "2:wrong usage",
            "69:no server answers, or it cannot now",
            "70:an error of ours",
            "77:no token, or one without the role"
        },
        footerHeading = "%nBegin with:%n",
        footer = {
            "  dougong try FILE.csv --label COLUMN",
            "  dougong up --detach",
            "  dougong apply app.yaml",
            "  dougong decide APP/DECISION --input question.json",
            "",
            "From the repository also: dougong demo, dougong test, dougong build."
        },
        commandListHeading = "%nCommands:%n",
        subcommands = {
            TryCommand.class,
            UpCommand.class,
            DownCommand.class,
            ConsoleCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            ConfigCommand.class,
            ApplyCommand.class,
            EventsCommand.class,
            SqlCommand.class,
            FeaturesCommand.class,
            TrainCommand.class,
            ModelsCommand.class,
            MonitorsCommand.class,
            HealingCommand.class,
            DecideCommand.class,
            DecisionsCommand.class,
            ReplayCommand.class,
            FeedbackCommand.class,
            ReviewsCommand.class,
            ReceiptCommand.class,
            PipelineCommand.class,
            AuditCommand.class,
            EraseCommand.class,
            TokensCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            UpgradeCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        })
final class Dougong implements Runnable {

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        CommandLine line = java.util.Objects.requireNonNull(spec).commandLine();
        line.usage(line.getOut());
    }

    /** A command that only has sub-commands. */
    abstract static class Group implements Runnable {
        @Spec
        @Nullable
        CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), "Missing sub-command");
        }
    }
}
