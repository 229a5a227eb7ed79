package io.dougong.flow;

import java.util.List;
import java.util.Map;

/**
 * How a run is asked for.
 *
 * @param key the same key again gives the same run; empty for none
 * @param origin who or what asks, for people
 * @param holds paths of steps before which it stops
 */
public record Start(Map<String, Object> parameters, String key, String origin, List<String> holds) {

    public static Start with(Map<String, Object> parameters) {
        return new Start(parameters, "", "manual", List.of());
    }

    public static Start plain() {
        return with(Map.of());
    }

    public Start key(String unique) {
        return new Start(parameters, unique, origin, holds);
    }

    public Start by(String who) {
        return new Start(parameters, key, who, holds);
    }

    public Start holdingAt(String... paths) {
        return new Start(parameters, key, origin, List.of(paths));
    }
}
