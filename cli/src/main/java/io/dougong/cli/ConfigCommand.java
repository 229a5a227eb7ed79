package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine;

@CommandLine.Command(
        name = "config",
        description = "The settings of the running server.",
        subcommands = {ConfigCommand.Show.class})
final class ConfigCommand extends Dougong.Group {

    @CommandLine.Command(
            name = "show",
            description = "Show every setting, and whether a flag, the environment, the file or nobody has set it.",
            footer = {
                "%nThe file is dougong.properties in the home folder, e.g. port=7500; in the environment the same is",
                "DOUGONG_PORT. A flag goes before the environment, the environment before the file."
            })
    static final class Show extends Command {

        @Override
        public Integer call() {
            JsonNode config = client().get(Client.path("config"));
            return show(
                    config,
                    () -> config.path("settings")
                            .forEach(setting -> screen().line("%-14s %-24s %-12s %s"
                                    .formatted(
                                            setting.path("setting").asText(),
                                            setting.path("value").asText(),
                                            setting.path("from").asText(),
                                            setting.path("meaning").asText()))));
        }
    }
}
