package io.dougong.server;

import io.dougong.kernel.Problem;
import io.dougong.node.Node;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;

/** Runs until it is told to stop. A start that is refused says why in one line. */
@QuarkusMain
public class Main implements QuarkusApplication {

    public static void main(String[] arguments) {
        if (arguments.length == 2 && arguments[0].equals("restore")) {
            restore(Path.of(arguments[1]));
        } else {
            Quarkus.run(Main.class, Main::ended, arguments);
        }
    }

    private static void restore(Path backup) {
        String home = System.getProperty("dougong.home", System.getProperty("user.home") + "/.dougong");
        try {
            Node.restore(backup, Path.of(home));
        } catch (Problem refused) {
            ended(1, refused);
        }
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
