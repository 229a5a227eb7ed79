package io.dougong.apps.flightdelay;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/** What the console's bar shows now, put together by an act; see {@code POST /api/v1/stage}. */
final class Scene {

    /** Tone is {@code low} for as promised, {@code high} for not, {@code quiet} for neither. */
    record Fact(Said name, Said value, String tone) {}

    record Hand(String target, String value) {}

    @JsonProperty
    final int step;

    @JsonProperty
    final int steps;

    @JsonProperty
    boolean busy = true;

    @JsonProperty
    boolean playing;

    @JsonProperty
    final Said title;

    @JsonProperty
    Said text;

    @JsonProperty
    final List<Fact> facts = new ArrayList<>();

    @JsonProperty
    String command = "";

    @JsonProperty
    String answer = "";

    @JsonProperty
    int cue;

    @JsonProperty
    String page = "";

    @JsonProperty
    String mark = "";

    @JsonProperty
    List<Hand> hands = List.of();

    private boolean held = true;

    Scene(int step, int steps, String act) {
        this.step = step;
        this.steps = steps;
        this.title = Said.of(act + ".title");
        this.text = Said.of(act + ".before");
    }

    Scene says(Said now) {
        text = now;
        return this;
    }

    /** Figures are told anew. */
    Scene anew() {
        facts.clear();
        return this;
    }

    Scene fact(String key, Said value) {
        facts.add(new Fact(Said.of(key), value, "quiet"));
        return this;
    }

    Scene fact(String key, String value) {
        return fact(key, Said.same(value));
    }

    /** A figure with which the act stands or falls. */
    Scene proof(String key, String value, boolean holds) {
        facts.add(new Fact(Said.of(key), Said.same(value), holds ? "low" : "high"));
        held &= holds;
        return this;
    }

    boolean held() {
        return held;
    }
}
