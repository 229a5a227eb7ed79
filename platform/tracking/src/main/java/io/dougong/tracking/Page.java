package io.dougong.tracking;

import java.util.List;
import java.util.Optional;

/** @param next what to ask the next page with; empty if this is the last */
public record Page<T>(List<T> items, Optional<String> next) {

    public Page {
        items = List.copyOf(items);
    }
}
