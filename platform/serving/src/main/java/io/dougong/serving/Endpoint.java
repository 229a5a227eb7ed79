package io.dougong.serving;

import io.dougong.decisions.Cost;
import io.dougong.decisions.Decision;
import io.dougong.decisions.Lineage;
import io.dougong.decisions.Question;
import io.dougong.decisions.Score;
import io.dougong.decisions.ShadowScore;
import io.dougong.decisions.Truth;
import io.dougong.kernel.Digest;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Stages;
import io.dougong.kernel.Times;
import io.dougong.models.AdaptiveConformal;
import io.dougong.models.ModelCard;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One decision of an application, at work: the path from question to decision. Safe for use by many threads; nothing on the path
 * takes a lock.
 */
public final class Endpoint {

    private static final double NEVER_ABSTAIN = Double.NaN;

    private final Identity identity;
    private final DecisionDefinition definition;
    private final Judge judge;
    private final InstantSource clock;
    private final Map<Digest, AdaptiveConformal.State> thresholds = new ConcurrentHashMap<>();
    private volatile @Nullable Rollout rollout;

    /** What the decisions of this endpoint say of where they come from. */
    public record Identity(String application, String applicationVersion, Digest featuresVersion) {}

    public Endpoint(Identity identity, DecisionDefinition definition, InstantSource clock) {
        this.identity = identity;
        this.definition = definition;
        this.judge = new Judge(definition);
        this.clock = clock;
    }

    public DecisionDefinition definition() {
        return definition;
    }

    /** Takes effect with the next question; the threshold of a version that stays goes on from where it is. */
    public void rollOut(Rollout next) {
        for (Arm arm : next.answering()) {
            thresholds.computeIfAbsent(arm.reference().digest(), _ -> initial(arm));
        }
        rollout = next;
    }

    private AdaptiveConformal.State initial(Arm arm) {
        ModelCard.Abstention abstention = arm.model().card().abstention();
        return definition.abstention() == null || abstention == null
                ? AdaptiveConformal.State.at(NEVER_ABSTAIN)
                : abstention.initial();
    }

    /** Whether a champion is there to answer. */
    public boolean live() {
        return rollout != null;
    }

    /** The path: route, gather, judge. The decision is not recorded yet. */
    public Decision answer(Ask ask) {
        long started = System.nanoTime();
        Rollout current = rollout;
        if (current == null) {
            throw ServingProblem.noChampion(definition.name(), definition.model());
        }
        Arm arm = current.arm(ask.key());
        Gathering.Gathered gathered =
                Stages.within("gather", () -> current.gathering().gather(ask.row(), ask.askedMicros()));
        Judgement judgement = Stages.within("judge", () -> judge.judge(arm, gathered.values(), threshold(arm)));
        List<ShadowScore> shadows = Stages.within("shadows", () -> shadows(current, gathered));
        return new Decision(
                ask.id(),
                identity.application(),
                identity.applicationVersion(),
                definition.name(),
                Times.micros(clock.instant()),
                new Question(
                        ask.key(), ask.subject(), ask.askedMicros(), ask.row().asMap()),
                gathered.values(),
                arm.reference(),
                judgement.score(),
                judgement.outcome(),
                judgement.confidence(),
                judgement.reasons(),
                judgement.verdicts(),
                shadows,
                new Cost(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - started), 0, 0),
                new Lineage(offsets(gathered), identity.featuresVersion(), judgement.cached()),
                judgement.expectedCosts());
    }

    private double threshold(Arm arm) {
        AdaptiveConformal.State state = thresholds.get(arm.reference().digest());
        return state == null ? NEVER_ABSTAIN : state.q();
    }

    private List<ShadowScore> shadows(Rollout current, Gathering.Gathered gathered) {
        List<ShadowScore> shadows = new ArrayList<>(current.shadows().size());
        for (Arm shadow : current.shadows()) {
            shadows.add(judge.shadow(shadow, gathered.values()));
        }
        return shadows;
    }

    private static Offsets offsets(Gathering.Gathered gathered) {
        return gathered.seen() == null ? Offsets.NONE : gathered.seen().offsets();
    }

    /**
     * Takes a label in, counted against the threshold that was in force when the decision was made. Call once per decision, from
     * one thread.
     */
    public void learn(Digest model, Score score, double thresholdUsed, Truth truth) {
        DecisionDefinition.Abstention abstention = definition.abstention();
        if (abstention == null || Double.isNaN(thresholdUsed) || Double.isNaN(score.margin())) {
            return;
        }
        AdaptiveConformal rule = new AdaptiveConformal(1 - abstention.coverage(), abstention.rate());
        double nonconformity = PredictionSet.nonconformity(score, truth);
        boolean decided = PredictionSet.size(score, thresholdUsed, definition) == 1;
        thresholds.computeIfPresent(model, (_, state) -> rule.afterTruth(state, nonconformity, thresholdUsed, decided));
    }

    /** Where the abstention of each version stands, by digest of its artifact. */
    public Map<Digest, AdaptiveConformal.State> thresholds() {
        return new TreeMap<>(thresholds);
    }

    /** Goes on from thresholds kept earlier. */
    public void restore(Map<Digest, AdaptiveConformal.State> kept) {
        thresholds.putAll(kept);
    }
}
