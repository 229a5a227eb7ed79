package io.dougong.dist;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the {@code dougong} command as the launcher does, in a process of its own, on one home folder. */
final class Shell {

    private static final Path DIST = Path.of(System.getProperty("dougong.dist"));
    private static final long PATIENCE_SECONDS = 120;

    private final Path home;
    private final Map<String, String> environment;

    Shell(Path home) {
        this(home, Map.of());
    }

    /** @param environment that commands, and the servers that they start, get besides */
    Shell(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    record Result(int exit, String out, String err) {}

    Result run(String... arguments) {
        return runWith("", arguments);
    }

    Result runWith(String input, String... arguments) {
        try {
            Path folder = Files.createTempDirectory("dougong-shell");
            Path in = Files.writeString(folder.resolve("in"), input);
            Path out = folder.resolve("out");
            Path err = folder.resolve("err");
            ProcessBuilder builder = new ProcessBuilder(command(arguments))
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("DOUGONG_"));
            builder.environment().put("DOUGONG_HOME", home.toString());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end of " + List.of(arguments));
            }
            Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            for (Path read : List.of(in, out, err, folder)) {
                Files.delete(read);
            }
            return result;
        } catch (IOException | InterruptedException broken) {
            throw new AssertionError(broken);
        }
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(DIST.resolve("cli") + File.separator + "*");
        command.add("io.dougong.cli.Main");
        command.addAll(List.of(arguments));
        return command;
    }

    String token() {
        return read("admin.token");
    }

    String url() {
        return field("url");
    }

    long pid() {
        return Long.parseLong(field("pid"));
    }

    private String field(String name) {
        return read("server.json").replaceAll(".*\"" + name + "\":\"?([^\",}]*).*", "$1");
    }

    private String read(String file) {
        try {
            return Files.readString(home.resolve(file), StandardCharsets.UTF_8).strip();
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }
}
