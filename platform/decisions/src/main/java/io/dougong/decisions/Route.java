package io.dougong.decisions;

/** Why this version answered. */
public enum Route {
    CHAMPION,
    CHALLENGER,
    CANARY,
    SHADOW
}
