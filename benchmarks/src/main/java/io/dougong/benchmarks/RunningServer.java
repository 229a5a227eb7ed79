package io.dougong.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server started by the project's own launcher on a home folder. */
record RunningServer(Path launcher, Path home) implements AutoCloseable {

    static RunningServer at(Path root, Path home) {
        return new RunningServer(root.resolve("dougong").toAbsolutePath().normalize(), home);
    }

    /** @param root folder of the launcher */
    static RunningServer start(Path root, Path home) throws IOException {
        RunningServer server = at(root, home);
        server.command("up", "--detach", "--port", "0");
        return server;
    }

    /** Makes the start cache, as the first start does behind its back. */
    void prepare() throws IOException {
        command("up", "--prepare");
    }

    private void command(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = launcher.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("DOUGONG_HOME", home.toString());
        try {
            int exit = builder.start().waitFor();
            if (exit != 0) {
                throw new IOException("'dougong " + arguments[0] + "' ended with " + exit);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    int port() throws IOException {
        return Integer.parseInt(Files.readString(home.resolve("server.json"))
                .replaceAll("(?s).*\"url\":\"http://[^\":]*:(\\d+).*", "$1"));
    }

    String token() throws IOException {
        return Files.readString(home.resolve("admin.token")).strip();
    }

    @Override
    public void close() throws IOException {
        command("down");
    }
}
