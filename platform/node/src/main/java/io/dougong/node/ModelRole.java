package io.dougong.node;

import io.dougong.decisions.Route;

/** A model version plays a role. */
public record ModelRole(
        String model, Route route, int version, String digest, double share, long setMicros, String setBy) {}
