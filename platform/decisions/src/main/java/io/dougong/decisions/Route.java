package io.dougong.decisions;

import java.util.Locale;

/** Why this version answered. */
public enum Route {
    CHAMPION,
    CHALLENGER,
    CANARY,
    SHADOW;

    /** As people write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
