package io.dougong.tracking;

import java.util.List;

/**
 * @param filter comparisons joined by AND; empty for everything
 * @param orderBy e.g. {@code metrics.auc DESC}; the first weighs most
 * @param pageToken of the page before; empty for the first
 */
public record Search(String filter, List<String> orderBy, Lifecycle.View view, int most, String pageToken) {

    public Search {
        orderBy = List.copyOf(orderBy);
    }

    public static Search all(int most) {
        return new Search("", List.of(), Lifecycle.View.ACTIVE_ONLY, most, "");
    }
}
