package io.dougong.apps.flightdelay;

import io.dougong.apps.flightdelay.Demo.Options;
import io.dougong.apps.flightdelay.Demo.Stage;
import java.io.PrintStream;

/**
 * The demo as a walk through the console. This process prepares the home, starts the server on it as a process of its own, and then
 * only speaks to it: so that it can kill it and still be there to tell.
 */
final class StageShow {

    private final Options options;
    private final PrintStream out;
    private final DemoServer server;

    StageShow(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.server = new DemoServer(
                DougongCommand.beside(), options.home().toAbsolutePath().normalize());
    }

    /** Whether everything came out as told. */
    boolean play() {
        Show.Prepared prepared = new Show(options, out).prepare();
        server.start();
        out.println();
        out.println("  The server runs at " + server.url() + ", as a process of its own.");
        try (LivePump pump = new LivePump(server, prepared.rest(), prepared.sent())) {
            Presenter presenter =
                    new Presenter(server, new Walk(server, pump).acts(), options.stage() == Stage.AUTO, out);
            presenter.show();
            if (options.stage() == Stage.HAND) {
                openConsole();
                out.println(
                        "  It walks through the console by itself; there are buttons to go on, back, and to pause.");
            }
            out.println();
            return presenter.walk();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            tellHowToStop();
        }
    }

    /** The console on what is there. */
    void open() {
        server.start();
        openConsole();
        tellHowToStop();
    }

    private void openConsole() {
        out.println(server.command()
                .run("console", "--home", server.home().toString())
                .out()
                .indent(2)
                .stripTrailing());
    }

    private void tellHowToStop() {
        out.println();
        out.println(
                "  The server stays at " + server.url() + ". Stop it with: ./dougong down --home " + options.home());
    }
}
