package io.dougong.apps.flightdelay;

import io.dougong.node.HealingStatus;
import io.dougong.node.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the healing of a model has done, and how many events after the break. */
final class Healing {

    private final List<HealingStatus.Step> story;
    private final Break broken;
    private final long[] sentMillis;

    /** @param sentMillis event times of what was sent live, ascending */
    Healing(Node node, String application, Break broken, long[] sentMillis) {
        this.story = node.healing(application).getFirst().story();
        this.broken = broken;
        this.sentMillis = sentMillis;
    }

    List<HealingStatus.Step> story() {
        return story;
    }

    long count(String outcome) {
        return story.stream().filter(step -> step.outcome().equals(outcome)).count();
    }

    /** Events from the break until it was found; -1 if it was not. */
    long detectEvents() {
        return eventsUntil(Set.of("FALL_BACK", "RETRAIN"));
    }

    /** Events from the break until another version answered; -1 if none did. */
    long healEvents() {
        return eventsUntil(Set.of("PROMOTE"));
    }

    private long eventsUntil(Set<String> outcomes) {
        return story.stream()
                .filter(step -> outcomes.contains(step.outcome()))
                .mapToLong(step -> TimeUnit.MICROSECONDS.toMillis(step.atMicros()))
                .filter(millis -> millis >= broken.fromMillis())
                .map(millis -> Arrays.stream(sentMillis)
                        .filter(sent -> sent >= broken.fromMillis() && sent < millis)
                        .count())
                .findFirst()
                .orElse(-1);
    }
}
