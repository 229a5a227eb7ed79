package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command has: where to speak to, where to print. */
abstract class Command implements Callable<Integer> {

    @Mixin
    Target target = new Target();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Spec
    @Nullable
    CommandSpec spec;

    private @Nullable Client client;

    Client client() {
        if (client == null) {
            client = target.client();
        }
        return client;
    }

    Screen screen() {
        picocli.CommandLine line = java.util.Objects.requireNonNull(spec).commandLine();
        return new Screen(line.getOut(), line.getColorScheme().ansi());
    }

    boolean json() {
        return target.json;
    }

    /** Prints JSON if asked for, else what {@code words} prints. */
    int show(JsonNode value, Runnable words) {
        if (json()) {
            screen().json(value);
        } else {
            words.run();
        }
        return Exit.OK;
    }

    static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }

    /** The content of a file, or of standard input if it is {@code -}. */
    static byte[] content(Path file) {
        try {
            return file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw Refusal.of(
                    Exit.USAGE,
                    "unreadable-file",
                    "Could not read " + file + ".",
                    "Maybe the name is wrong; '-' is standard input.");
        }
    }
}
