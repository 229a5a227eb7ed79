package io.dougong.manifest;

import io.dougong.features.Aggregate;
import io.dougong.kernel.FieldType;
import java.time.Duration;

/** One input of a model. */
public sealed interface ModelFeature {

    /** As models, reasons and records name it: a field's name, or {@code view.feature}. */
    String name();

    /** True for a name from an open set (a text), false for a number or a boolean counted as 0 or 1. */
    boolean isCategorical();

    /** A field of the asking row, sent or derived. */
    record OfRow(String name, FieldType type) implements ModelFeature {

        @Override
        public boolean isCategorical() {
            return type == FieldType.STRING;
        }
    }

    /**
     * A feature kept by a view, always a number, asked for the entity that the asking row names.
     *
     * @param name {@code view.feature}
     */
    record OfView(String name, String view, Aggregate aggregate, Duration window) implements ModelFeature {

        @Override
        public boolean isCategorical() {
            return false;
        }
    }
}
