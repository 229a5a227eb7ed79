package io.dougong.apps.flightdelay;

import java.io.PrintStream;
import java.util.Locale;

/** A progress bar on one line of a terminal, or a line per finished phase elsewhere. */
final class Progress {

    private static final int WIDTH = 30;
    private static final long NANOS_BETWEEN = 100_000_000L;

    private final PrintStream out;
    private final boolean live;
    private long phaseStarted = System.nanoTime();
    private long lastShown;

    Progress(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    void start(String phase) {
        phaseStarted = System.nanoTime();
        lastShown = 0;
        if (live) {
            out.print("\r\033[K  " + phase + " …");
            out.flush();
        }
    }

    void show(String phase, long done, long total, String detail) {
        long now = System.nanoTime();
        if (!live || now - lastShown < NANOS_BETWEEN) {
            return;
        }
        lastShown = now;
        int filled = (int) (WIDTH * done / Math.max(1, total));
        out.printf(
                Locale.ROOT,
                "\r\033[K  %-28s %s%s %3d%%  %s",
                phase,
                "█".repeat(filled),
                "░".repeat(WIDTH - filled),
                100 * done / Math.max(1, total),
                detail);
        out.flush();
    }

    void done(String phase, String result) {
        double seconds = (System.nanoTime() - phaseStarted) / 1e9;
        out.printf(Locale.ROOT, "%s  %-28s %s  (%.1f s)%n", live ? "\r\033[K" : "", phase, result, seconds);
        out.flush();
    }
}
