package io.dougong.apps.creditrisk;

import java.io.PrintStream;
import java.util.Locale;

/** Says what is going on: a phase while it runs, on a terminal, and a line when it is done. */
final class Steps {

    private final PrintStream out;
    private final boolean live;
    private String phase = "";
    private long started;

    Steps(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    void start(String next) {
        phase = next;
        started = System.nanoTime();
        if (live) {
            out.print("\r\033[K  " + phase + " …");
            out.flush();
        }
    }

    void done(String format, Object... values) {
        double seconds = (System.nanoTime() - started) / 1e9;
        String result = String.format(Locale.ROOT, format, values);
        out.printf(Locale.ROOT, "%s  %-28s %s  (%.1f s)%n", live ? "\r\033[K" : "", phase, result, seconds);
        out.flush();
    }

    void line(String format, Object... values) {
        out.println("  " + String.format(Locale.ROOT, format, values));
    }

    void blank() {
        out.println();
    }
}
