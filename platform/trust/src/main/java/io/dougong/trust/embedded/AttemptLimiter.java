package io.dougong.trust.embedded;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failures by source in fixed windows. Bounded: of too many sources the longest untouched is forgotten.
 * Safe for use by many threads.
 */
final class AttemptLimiter {

    private static final class Window {
        long endMillis;
        int failures;
    }

    private final int mostFailures;
    private final long windowMillis;
    private final Map<String, Window> windows;

    AttemptLimiter(int mostFailures, long windowMillis, int mostSources) {
        this.mostFailures = mostFailures;
        this.windowMillis = windowMillis;
        this.windows = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
                return size() > mostSources;
            }
        };
    }

    /** How long the source must wait; 0 if it need not. */
    synchronized long waitMillis(String source, long nowMillis) {
        Window window = windows.get(source);
        if (window == null || nowMillis >= window.endMillis) {
            return 0;
        }
        return window.failures >= mostFailures ? window.endMillis - nowMillis : 0;
    }

    synchronized void failed(String source, long nowMillis) {
        Window window = windows.computeIfAbsent(source, _ -> new Window());
        if (nowMillis >= window.endMillis) {
            window.endMillis = nowMillis + windowMillis;
            window.failures = 0;
        }
        window.failures++;
    }

    synchronized int sources() {
        return windows.size();
    }
}
