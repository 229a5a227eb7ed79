package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.Route;
import io.dougong.decisions.ShadowScore;
import io.dougong.decisions.Truth;
import io.dougong.operate.Action;
import io.dougong.operate.HealingDefinition;
import io.dougong.operate.HealingRecord;
import io.dougong.operate.HealingRule;
import io.dougong.operate.HealingState;
import io.dougong.operate.HealingState.Phase;
import io.dougong.operate.HealingState.Version;
import io.dougong.operate.HealingStep;
import io.dougong.operate.Observation;
import io.dougong.operate.Reading;
import io.dougong.operate.Trial;
import io.dougong.operate.Watch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Heals one model: tells the rule what is seen, does what it says, and records every step. On the pipeline's thread alone. */
final class HealingDesk {

    private static final int MOST_STEPS = 500;

    /** Checks whose alarm says that events are wrong, not just different. */
    private static final Set<String> BROKEN = Set.of("stuck", "missing", "unseen", "refused", "duplicates");

    /** What the node does for healing. */
    interface Hands {

        /** Begins to train on what was known at this event time. */
        void train(String model, long asOfMicros);

        /** The trained candidate, waiting for it if need be. */
        Trained trained(String model, long asOfMicros) throws InterruptedException;

        /** Version with this role, or null. */
        @Nullable
        Version role(String model, Route route);

        /** Whether this model's features come from this field of the stream; of any, if the field is empty. */
        boolean reads(String model, String stream, String field);

        /** The champion of another model as a version of this one; null if it has none. */
        @Nullable
        Version adopted(String model, String other);

        void give(String model, Action.Give give, String why, String id);

        void withdraw(String model, Route route, String why, String id);

        /** Returns when the record is durable. */
        void record(Decision step) throws InterruptedException;

        /** The step of this model that was recorded before a restart. */
        Optional<Decision> recorded(String model, int episode, int step, long atMicros);

        HealingRecord.Origin origin();
    }

    /** @param version null if training failed */
    record Trained(@Nullable Version version, boolean passed, String why) {}

    /** Everything that must survive a restart. */
    record Kept(HealingState state, Trial trial, List<HealingStatus.Step> story) {}

    private final HealingRule rule;
    private final String decision;
    private final Hands hands;
    private final List<HealingStatus.Step> story = new ArrayList<>();
    private HealingState state = HealingState.BEGINNING;
    private Trial trial = Trial.since(Long.MAX_VALUE);

    /** @param decision that the model answers */
    HealingDesk(HealingDefinition definition, String decision, Hands hands, @Nullable Kept before) {
        this.rule = new HealingRule(definition);
        this.decision = decision;
        this.hands = hands;
        if (before != null) {
            state = before.state();
            trial = before.trial();
            story.addAll(before.story());
        }
    }

    String model() {
        return rule.definition().model();
    }

    String decision() {
        return decision;
    }

    Kept kept() {
        return new Kept(state, trial, List.copyOf(story));
    }

    HealingStatus status() {
        return new HealingStatus(model(), state, story);
    }

    /** Event time has come to the beginning of an hour. */
    void check(long atMicros, Watch watch) throws InterruptedException {
        Optional<Decision> recorded = recorded(atMicros);
        if (recorded.isPresent()) {
            again(HealingRecord.seen(recorded.get()));
            return;
        }
        switch (state.phase()) {
            case WATCHING -> lookForAlarm(atMicros, watch);
            case TRAINING -> takeTrained(atMicros);
            case SHADOW, CANARY, PROBATION -> judge(atMicros, watch);
            case APPROVAL -> {}
        }
    }

    /** The next step, in this episode or the one after, if it was taken at this moment before a restart. */
    private Optional<Decision> recorded(long atMicros) {
        return hands.recorded(model(), state.episode(), state.step() + 1, atMicros)
                .or(() -> hands.recorded(model(), state.episode() + 1, 1, atMicros));
    }

    private void lookForAlarm(long atMicros, Watch watch) throws InterruptedException {
        if (state.held() || atMicros < state.dueMicros() || hands.role(model(), Route.CHAMPION) == null) {
            return;
        }
        List<Reading> alarms = watch.alarms().stream().filter(this::concerns).toList();
        for (Reading.Kind kind : List.of(Reading.Kind.FEED, Reading.Kind.QUALITY, Reading.Kind.DRIFT)) {
            for (Reading alarm : alarms) {
                if (alarm.kind() == kind && rule.definition().on().contains(kind)) {
                    see(alarm(atMicros, alarm, watch));
                    return;
                }
            }
        }
    }

    /** Alarms about this decision, and feeds that deliver what is wrong. */
    private boolean concerns(Reading alarm) {
        return alarm.kind() == Reading.Kind.FEED ? broken(alarm) : alarm.id().startsWith(decision + "/");
    }

    /** Alarms of feeds are named stream/check/field, or stream/check/group/field; those of the stream as a whole name no field of it. */
    private boolean reads(String other, Reading alarm) {
        String[] parts = alarm.id().split("/", -1);
        boolean whole = parts.length < 3;
        return hands.reads(other, parts[0], whole ? "" : parts[parts.length - 1]);
    }

    private static boolean broken(Reading alarm) {
        String[] parts = alarm.id().split("/", -1);
        return parts.length > 1 && BROKEN.contains(parts[1]);
    }

    private Observation alarm(long atMicros, Reading alarm, Watch watch) {
        List<io.dougong.operate.Diagnosis.Suspect> suspects =
                watch.diagnosis(decision).suspects();
        Map<String, String> facts = new TreeMap<>();
        facts.put("monitor", alarm.id());
        facts.put("kind", alarm.kind().name());
        facts.put("cause", suspects.isEmpty() ? alarm.subject() : text(suspects.getFirst()));
        put(facts, "champion", hands.role(model(), Route.CHAMPION));
        String fallBack = rule.definition().fallBack();
        if (alarm.kind() == Reading.Kind.FEED && fallBack != null && !reads(fallBack, alarm)) {
            put(facts, "fall_back", hands.adopted(model(), fallBack));
        }
        Map<String, Double> figures = new TreeMap<>();
        figures.put("value", alarm.value());
        figures.put("evidence", alarm.evidence());
        figures.put("limit", alarm.limit());
        figures.put("since_micros", (double) alarm.sinceMicros());
        for (int i = 0; i < suspects.size(); i++) {
            facts.put("suspect_" + (i + 1), text(suspects.get(i)));
            figures.put("suspect_" + (i + 1), suspects.get(i).score());
        }
        return new Observation(Observation.Kind.ALARM, atMicros, figures, facts);
    }

    private static String text(io.dougong.operate.Diagnosis.Suspect suspect) {
        String where = (suspect.stream() + " " + suspect.group()).trim();
        return (where + " " + suspect.field() + " " + suspect.what()).trim() + " since "
                + io.dougong.kernel.Times.instant(suspect.sinceMicros());
    }

    private static void put(Map<String, String> facts, String name, @Nullable Version version) {
        if (version != null) {
            facts.put(name, Integer.toString(version.version()));
            facts.put(name + "_digest", version.digest());
        }
    }

    private void takeTrained(long atMicros) throws InterruptedException {
        if (state.held() || atMicros < state.dueMicros()) {
            return;
        }
        Trained trained = hands.trained(model(), state.sinceMicros());
        Map<String, String> facts = new HashMap<>(Map.of("why", trained.why()));
        put(facts, "candidate", trained.version());
        see(new Observation(
                trained.version() == null ? Observation.Kind.TRAINING_FAILED : Observation.Kind.TRAINED,
                atMicros,
                Map.of("passed", trained.passed() ? 1.0 : 0.0),
                facts));
    }

    private void judge(long atMicros, Watch watch) throws InterruptedException {
        if (state.held() || atMicros < state.dueMicros()) {
            return;
        }
        Map<String, Double> figures = new TreeMap<>(trial.figures());
        figures.put(
                "feed_broken",
                watch.alarms().stream().anyMatch(alarm -> alarm.kind() == Reading.Kind.FEED && broken(alarm))
                        ? 1.0
                        : 0.0);
        see(new Observation(Observation.Kind.TRIAL, atMicros, figures, Map.of()));
    }

    /** A person acted. */
    void act(Observation.Kind act, String by, long atMicros) throws InterruptedException {
        see(new Observation(act, atMicros, Map.of(), Map.of("by", by)));
    }

    /** A step is recorded before it is done: after a crash in between it is done from its record. */
    private void see(Observation seen) throws InterruptedException {
        HealingStep step = rule.step(state, seen).orElse(null);
        if (step != null) {
            Decision record = HealingRecord.of(hands.origin(), rule, state, seen, step);
            hands.record(record);
            take(step, seen, record.id());
            for (Action action : step.actions()) {
                if (action instanceof Action.Train train) {
                    hands.train(model(), train.asOfMicros());
                }
            }
        }
    }

    /** What was seen then is not looked for again: versions and labels may have changed since. A training begins only if its end was not recorded. */
    private void again(Observation seen) {
        HealingStep step = rule.step(state, seen)
                .orElseThrow(
                        () -> new IllegalStateException("A recorded step of healing does not follow from its state."));
        take(
                step,
                seen,
                HealingRecord.of(hands.origin(), rule, state, seen, step).id());
    }

    private void take(HealingStep step, Observation seen, String id) {
        boolean anew = state.phase() != step.next().phase() || step.outcome() == HealingStep.Outcome.KEEP;
        state = step.next();
        trial = anew ? Trial.since(seen.atMicros()) : trial;
        int number = 0;
        for (Action action : step.actions()) {
            act(action, step, id + "/" + number++);
        }
        tell(step, seen, id);
    }

    private void act(Action action, HealingStep step, String id) {
        switch (action) {
            case Action.Train _ -> {}
            case Action.Give give -> hands.give(model(), give, step.english(), id);
            case Action.Withdraw withdraw -> hands.withdraw(model(), withdraw.route(), step.english(), id);
        }
    }

    private void tell(HealingStep step, Observation seen, String id) {
        story.add(new HealingStatus.Step(
                seen.atMicros(),
                state.episode(),
                step.outcome().name(),
                state.phase(),
                state.trigger(),
                state.cause(),
                step.english(),
                step.chinese(),
                seen.figures(),
                id));
        if (story.size() > MOST_STEPS) {
            story.removeFirst();
        }
    }

    /** The truth about a decision became known. */
    void labelled(Pending.Open open, Truth truth) {
        switch (state.phase()) {
            case SHADOW -> paired(open, truth, state.candidate());
            case CANARY -> {
                paired(open, truth, state.candidate());
                trial.answered(open.askedMicros(), open.route() == Route.CANARY, Trial.loss(open.score(), truth));
            }
            case PROBATION -> paired(open, truth, state.predecessor());
            case WATCHING, TRAINING, APPROVAL -> {}
        }
    }

    private void paired(Pending.Open open, Truth truth, @Nullable Version other) {
        if (other == null || open.route() != Route.CHAMPION) {
            return;
        }
        for (ShadowScore shadow : open.shadows()) {
            if (shadow.model().name().equals(model()) && shadow.model().version() == other.version()) {
                trial.paired(open.askedMicros(), Trial.loss(open.score(), truth), Trial.loss(shadow.score(), truth));
            }
        }
    }

    boolean training() {
        return state.phase() == Phase.TRAINING;
    }
}
