package io.dougong.server;

import io.dougong.kernel.Json;
import io.dougong.kernel.Problem;
import io.dougong.node.Node;
import io.dougong.node.NodeSettings;
import io.dougong.node.Upgrade;
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
        } else if (arguments.length >= 2 && arguments[0].equals("upgrade")) {
            upgrade(Path.of(arguments[1]), arguments.length > 2);
        } else {
            Quarkus.run(Main.class, Main::ended, arguments);
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("dougong.home", System.getProperty("user.home") + "/.dougong"));
    }

    private static void restore(Path backup) {
        try {
            Node.restore(backup, home());
        } catch (Problem refused) {
            ended(REFUSED, refused);
        }
    }

    private static void upgrade(Path backup, boolean json) {
        try {
            Upgrade done = Node.upgrade(NodeSettings.at(home()), backup);
            System.out.println(json ? json(done, backup) : text(done, backup));
            if (!done.ok()) {
                System.exit(REFUSED);
            }
        } catch (Problem refused) {
            ended(REFUSED, refused);
        }
    }

    private static String json(Upgrade done, Path backup) {
        return Json.text(Json.mapper()
                .createObjectNode()
                .put("ok", done.ok())
                .put("formatBefore", done.formatBefore())
                .put("formatNow", done.formatNow())
                .put("replayed", done.decisions())
                .put("identical", done.identical())
                .put("auditEntries", done.audit().entries())
                .put("auditOk", done.audit().ok())
                .put("backup", backup.toString()));
    }

    private static String text(Upgrade done, Path backup) {
        String audit = done.audit()
                .fault()
                .map(fault -> "the audit chain is broken at " + fault.reference() + ": " + fault.what())
                .orElse("the audit chain holds, " + done.audit().entries() + " entries");
        String found = "%s format %d → %d; %d of the %d newest decisions give the same bits; %s.%n"
                .formatted(
                        done.ok() ? "✔" : "✘",
                        done.formatBefore(),
                        done.formatNow(),
                        done.identical(),
                        done.decisions(),
                        audit);
        return found
                + (done.ok()
                        ? "  Start it with 'dougong up'. The copy from before is in " + backup + "."
                        : "  Go back: restore " + backup + " with the release that wrote it.");
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
