package io.dougong.server;

import io.dougong.kernel.Problem;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Runs until it is told to stop. A start that is refused says why in one line. */
@QuarkusMain
public class Main implements QuarkusApplication {

    public static void main(String[] arguments) {
        Quarkus.run(Main.class, Main::ended, arguments);
    }

    private final Server server;

    Main(Server server) {
        this.server = server;
    }

    @Override
    public int run(String... arguments) {
        server.announce();
        Quarkus.waitForExit();
        server.drain();
        return 0;
    }

    private static void ended(int code, Throwable failed) {
        int exit = code;
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                System.err.println("dougong: " + problem.explained());
                exit = problem.kind() == Problem.Kind.CONFLICT ? 1 : 69;
                break;
            }
        }
        System.exit(exit);
    }
}
