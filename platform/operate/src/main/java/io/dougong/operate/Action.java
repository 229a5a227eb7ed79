package io.dougong.operate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.dougong.decisions.Route;

/** What the node shall do. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "act")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Action.Train.class, name = "train"),
    @JsonSubTypes.Type(value = Action.Give.class, name = "give"),
    @JsonSubTypes.Type(value = Action.Withdraw.class, name = "withdraw")
})
public sealed interface Action {

    /** Train a candidate on what was known at this event time. */
    record Train(long asOfMicros) implements Action {}

    /** Give a version a role. */
    record Give(Route route, HealingState.Version version, double share) implements Action {}

    /** Take a role away, if someone has it. */
    record Withdraw(Route route) implements Action {}
}
