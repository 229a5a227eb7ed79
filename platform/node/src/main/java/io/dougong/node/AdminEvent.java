package io.dougong.node;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.dougong.decisions.Route;
import io.dougong.operate.Observation;

/** An administrative act, as it stands in the stream {@code _admin}. Subjects appear as pseudonyms only. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AdminEvent.Applied.class, name = "applied"),
    @JsonSubTypes.Type(value = AdminEvent.RolledOut.class, name = "rolled-out"),
    @JsonSubTypes.Type(value = AdminEvent.Withdrawn.class, name = "withdrawn"),
    @JsonSubTypes.Type(value = AdminEvent.Healed.class, name = "healed"),
    @JsonSubTypes.Type(value = AdminEvent.Noted.class, name = "noted")
})
sealed interface AdminEvent {

    String by();

    /** A manifest came into force. */
    record Applied(String application, String version, String manifest, String by) implements AdminEvent {}

    /** A model version got a role, and a share of the traffic. */
    record RolledOut(
            String application,
            String model,
            Route route,
            int version,
            String digest,
            double share,
            String why,
            String by)
            implements AdminEvent {}

    /** A role was emptied. */
    record Withdrawn(String application, String model, Route route, String why, String by) implements AdminEvent {}

    /** A person took a hand in the healing of a model. */
    record Healed(String application, String model, Observation.Kind act, String by) implements AdminEvent {}

    /** Something that changes no definition but must be in the audit chain: a token issued, a subject erased. */
    record Noted(String act, String detail, String by) implements AdminEvent {}
}
