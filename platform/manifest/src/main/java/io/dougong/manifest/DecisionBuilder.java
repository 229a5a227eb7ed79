package io.dougong.manifest;

import io.dougong.review.ReviewPolicy;
import io.dougong.serving.DecisionDefinition;
import io.dougong.serving.DecisionDefinition.Abstention;
import io.dougong.serving.DecisionDefinition.OutcomeBand;
import io.dougong.serving.DecisionDefinition.Words;
import io.dougong.serving.Stakes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a decision in code: the stream, model and outcomes are needed. */
public final class DecisionBuilder {

    private static final int USUAL_REASONS = 3;

    private final String name;
    private String stream = "";
    private String model = "";
    private @Nullable String subject;
    private final List<OutcomeBand> outcomes = new ArrayList<>();
    private @Nullable Abstention abstention;
    private int reasons = USUAL_REASONS;
    private List<String> shadows = List.of();
    private @Nullable Duration maxAge;
    private int cacheSize;
    private @Nullable ReviewPolicy review;
    private Stakes stakes = Stakes.NONE;
    private final Map<String, Words> words = new LinkedHashMap<>();

    DecisionBuilder(String name) {
        this.name = name;
    }

    /** The stream whose events ask. */
    public DecisionBuilder on(String stream) {
        this.stream = stream;
        return this;
    }

    public DecisionBuilder model(String model) {
        this.model = model;
        return this;
    }

    /** The field that names the person concerned. */
    public DecisionBuilder subject(String field) {
        this.subject = field;
        return this;
    }

    /** A class of several, or the lowest band of a number. */
    public DecisionBuilder outcome(String label) {
        outcomes.add(OutcomeBand.named(label));
        return this;
    }

    /** The next lower band: this outcome from probability or value {@code from} upward. */
    public DecisionBuilder outcome(String label, double from) {
        outcomes.add(new OutcomeBand(label, from));
        return this;
    }

    public DecisionBuilder abstain(double coverage, double rate) {
        this.abstention = new Abstention(coverage, rate);
        return this;
    }

    /** @param widest of a number the widest interval with which to decide */
    public DecisionBuilder abstain(double coverage, double rate, double widest) {
        this.abstention = new Abstention(coverage, rate, widest);
        return this;
    }

    public DecisionBuilder reasons(int reasons) {
        this.reasons = reasons;
        return this;
    }

    public DecisionBuilder shadows(String... models) {
        this.shadows = List.of(models);
        return this;
    }

    public DecisionBuilder maxAge(Duration maxAge) {
        this.maxAge = maxAge;
        return this;
    }

    public DecisionBuilder cache(int scores) {
        this.cacheSize = scores;
        return this;
    }

    /** How cases left to a person are settled. */
    public DecisionBuilder review(ReviewPolicy policy) {
        this.review = policy;
        return this;
    }

    /** What a feature is called in reasons. */
    public DecisionBuilder words(String feature, String english, String chinese) {
        words.put(feature, new Words(english, chinese));
        return this;
    }

    /** Costs, refusals, protected fields. */
    public DecisionBuilder stakes(Stakes stakes) {
        this.stakes = stakes;
        return this;
    }

    DecisionDefinition build() {
        return new DecisionDefinition(
                name,
                stream,
                subject,
                model,
                outcomes,
                abstention,
                reasons,
                shadows,
                maxAge,
                cacheSize,
                review,
                words,
                stakes);
    }
}
