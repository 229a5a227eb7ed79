package io.dougong.learn;

import io.dougong.features.FeatureEvent;
import org.jspecify.annotations.Nullable;

/** The features of rows as of the moment each is asked, from events fed in {@link FeatureEvent#BY_TIME}. */
interface AskedFeatures {

    /** In the order of {@link #at}. */
    java.util.List<Column> columns();

    /** How many of the columns are features; what comes after them is kept aside. */
    default int features() {
        return columns().size();
    }

    void feed(FeatureEvent event);

    /** One value per column: a number, a boolean, text, or null if missing. The event itself has not been fed yet. */
    @Nullable
    Object[] at(FeatureEvent asking);
}
