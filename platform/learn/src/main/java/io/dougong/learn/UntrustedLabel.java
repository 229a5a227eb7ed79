package io.dougong.learn;

import java.util.Comparator;

/**
 * Where a label event stands that came from a feed found broken: it teaches nothing.
 *
 * @param stream name within the application
 */
public record UntrustedLabel(String stream, int partition, long offset) {

    static final Comparator<UntrustedLabel> ORDER = Comparator.comparing(UntrustedLabel::stream)
            .thenComparingInt(UntrustedLabel::partition)
            .thenComparingLong(UntrustedLabel::offset);
}
