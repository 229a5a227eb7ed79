package io.dougong.tracking;

import java.util.List;

/** The models that the platform itself trains and serves, as registered models; their truth lies elsewhere and is asked each time. */
public interface PlatformModels {

    /** Of a platform that has none. */
    PlatformModels NONE = List::of;

    /** A model with its versions, oldest first. */
    record Entry(RegisteredModel model, List<RegisteredVersion> versions) {
        public Entry {
            versions = List.copyOf(versions);
        }
    }

    List<Entry> all();
}
