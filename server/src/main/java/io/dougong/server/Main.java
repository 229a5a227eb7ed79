package io.dougong.server;

import io.dougong.kernel.Problem;
import io.dougong.node.Node;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Runs until it is told to stop, or restores a backup and ends. A start that is refused says why in one line. */
@Singleton
@QuarkusMain
public class Main implements QuarkusApplication {

    private static final int REFUSED = 1;
    private static final int UNAVAILABLE = 69;
    private static final int INTERNAL = 70;
    private static final int FRAMES = 15;
    /** A path that is not well formed then comes to the router, which answers it with a problem, not with an empty body. */
    private static final String OWN_URI_CHECK = "vertx.disableURIValidation";

    public static void main(String[] arguments) {
        System.setProperty(OWN_URI_CHECK, "true");
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
            ended(REFUSED, refused);
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

    /** The log is closed by now, so that the reason goes to standard error. */
    private static void ended(int code, @Nullable Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                System.err.println("dougong: " + problem.explained());
                System.exit(problem.kind() == Problem.Kind.UNAVAILABLE ? UNAVAILABLE : REFUSED);
            }
        }
        if (failed != null) {
            System.err.println("dougong: the server failed:" + trace(failed));
            System.exit(INTERNAL);
        }
        System.exit(code);
    }

    private static String trace(Throwable failed) {
        StringBuilder trace = new StringBuilder();
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            trace.append("\n").append(cause);
            Arrays.stream(cause.getStackTrace())
                    .limit(FRAMES)
                    .forEach(frame -> trace.append("\n    at ").append(frame));
        }
        return trace.toString();
    }
}
