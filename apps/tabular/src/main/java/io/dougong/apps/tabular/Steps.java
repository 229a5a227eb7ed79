package io.dougong.apps.tabular;

import java.io.PrintStream;
import java.util.Locale;

/** Says what is being done and how long it took. */
final class Steps {

    private static final int WIDTH = 20;

    private final PrintStream out;
    private String name = "";
    private long started;

    Steps(PrintStream out) {
        this.out = out;
    }

    void start(String step) {
        name = step;
        started = System.nanoTime();
    }

    /** @param result a format of {@link String#format} */
    void done(String result, Object... values) {
        out.printf(
                Locale.ROOT,
                "  %-" + WIDTH + "s %5.1f s  %s%n",
                name,
                (System.nanoTime() - started) / 1e9,
                String.format(Locale.ROOT, result, values));
    }
}
