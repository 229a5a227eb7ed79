package io.dougong.manifest;

import io.dougong.events.StreamDefinition;
import io.dougong.features.Derived;
import java.util.List;

/**
 * A stream of an application.
 *
 * @param derived fields computed from those of the event when it comes in; each may use those before it
 */
public record ApplicationStream(StreamDefinition definition, List<Derived> derived, String description) {

    public ApplicationStream {
        derived = List.copyOf(derived);
    }

    public String name() {
        return definition.name();
    }
}
