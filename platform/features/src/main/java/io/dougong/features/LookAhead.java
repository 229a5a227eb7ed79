package io.dougong.features;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Events with a look at the next one. */
final class LookAhead {

    private final Iterator<FeatureEvent> events;
    private @Nullable FeatureEvent ahead;

    LookAhead(Iterator<FeatureEvent> events) {
        this.events = events;
    }

    boolean hasNextBefore(long timeMicros) {
        FeatureEvent next = peek();
        return next != null && next.timeMicros() < timeMicros;
    }

    boolean hasNextBelow(long offset) {
        FeatureEvent next = peek();
        return next != null && next.offset() < offset;
    }

    private @Nullable FeatureEvent peek() {
        if (ahead == null && events.hasNext()) {
            ahead = events.next();
        }
        return ahead;
    }

    FeatureEvent next() {
        FeatureEvent next = peek();
        if (next == null) {
            throw new NoSuchElementException();
        }
        ahead = null;
        return next;
    }
}
