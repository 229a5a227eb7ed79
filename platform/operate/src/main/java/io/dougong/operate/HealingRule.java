package io.dougong.operate;

import io.dougong.decisions.Route;
import io.dougong.kernel.Digest;
import io.dougong.kernel.Json;
import io.dougong.operate.HealingState.Phase;
import io.dougong.operate.HealingState.Purpose;
import io.dougong.operate.HealingState.Version;
import io.dougong.operate.HealingStep.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which a model is healed: a pure function of state and observation, so that the same events give the same history, and
 * each step can be computed again from its record.
 *
 * <pre>
 *            alarm ──▶ TRAINING ──▶ SHADOW ──▶ CANARY ──▶ (APPROVAL) ──▶ PROBATION ──▶ WATCHING
 *  WATCHING ─┤                        ▲ │         │                         │
 *            feed broken, a model ────┘ └────┬────┘                         │
 *            that does not read it           ▼ worse                        ▼ predecessor better
 *                                        WATCHING                       WATCHING, predecessor answers
 * </pre>
 *
 * A candidate asked along must not lose more than the champion, by a paired test over hours; a fall-back must lose less. A canary must
 * not lose more by rank (Mann–Whitney at 2 %, as in Kayenta). After a promotion the predecessor is asked along: if it would have lost
 * less, it comes back. A fall-back stays on probation as long as the feed is broken. One break of a feed is trained for once.
 */
public final class HealingRule {

    /** Part of the rule's identity: changes with what it decides. */
    public static final int VERSION = 2;

    private static final double SURE = 1.6448536269514722;
    private static final double CANARY_LEVEL = 0.02;
    private static final double LEAST_HOURS = 3;
    private static final double LEAST_QUESTIONS = 50;
    private static final int MOST_EXTENSIONS = 6;

    private final HealingDefinition definition;

    public HealingRule(HealingDefinition definition) {
        this.definition = definition;
    }

    public HealingDefinition definition() {
        return definition;
    }

    /** Names the rule by its content. */
    public Digest digest() {
        return Digest.of("healing-rule/" + VERSION + "/" + Json.text(definition));
    }

    /** The next step; nothing if the observation changes nothing. */
    public Optional<HealingStep> step(HealingState state, Observation seen) {
        return Optional.ofNullable(
                switch (seen.kind()) {
                    case ALARM -> alarm(state, seen);
                    case TRAINED -> trained(state, seen);
                    case TRAINING_FAILED -> failed(state, seen);
                    case TRIAL -> trial(state, seen);
                    case HOLD -> state.held() ? null : held(state, seen, true);
                    case RESUME -> state.held() ? held(state, seen, false) : null;
                    case APPROVE -> state.phase() == Phase.APPROVAL ? promote(state, seen) : null;
                    case UNDO -> undo(state, seen);
                });
    }

    private @Nullable HealingStep alarm(HealingState state, Observation seen) {
        boolean ready = state.phase() == Phase.WATCHING && !state.held() && seen.atMicros() >= state.dueMicros();
        boolean wanted = definition.on().stream().anyMatch(kind -> kind.name().equals(seen.fact("kind")));
        if (!ready || !wanted || isKnown(state, seen)) {
            return null;
        }
        Version fallBack = triedInVain(state, seen) ? null : version(seen, "fall_back");
        Version champion = version(seen, "champion");
        HealingState begun = new HealingState(
                Phase.TRAINING,
                fallBack == null ? Purpose.RETRAIN : Purpose.FALL_BACK,
                false,
                state.episode() + 1,
                1,
                seen.atMicros(),
                due(seen, definition.trainingDelayMillis()),
                seen.fact("monitor"),
                seen.fact("cause"),
                0,
                champion,
                null,
                champion != null && champion.equals(state.champion()) ? state.predecessor() : null,
                state.learntMicros());
        return fallBack == null ? retrain(begun, seen) : fallBack(begun, seen, fallBack);
    }

    /** A feed that was broken already when the newest version was made: that version has learnt from it, or was tried in vain. */
    private static boolean isKnown(HealingState state, Observation seen) {
        return seen.fact("kind").equals(Reading.Kind.FEED.name())
                && seen.figure("since_micros") <= state.learntMicros();
    }

    /** The same alarm, after a fall-back that was not taken or not kept: then a new version is trained. */
    private static boolean triedInVain(HealingState state, Observation seen) {
        return state.purpose() == Purpose.FALL_BACK && state.trigger().equals(seen.fact("monitor"));
    }

    private static HealingStep retrain(HealingState begun, Observation seen) {
        return new HealingStep(
                Outcome.RETRAIN,
                begun,
                List.of(new Action.Train(seen.atMicros())),
                seen.fact("monitor") + " alarms; most likely: " + seen.fact("cause") + ". A new version is trained.",
                seen.fact("monitor") + " 报警；最可能的原因：" + seen.fact("cause") + "。开始训练新版本。");
    }

    private HealingStep fallBack(HealingState begun, Observation seen, Version candidate) {
        HealingState shadowed = new HealingState(
                Phase.SHADOW,
                begun.purpose(),
                false,
                begun.episode(),
                1,
                seen.atMicros(),
                due(seen, definition.shadowMillis()),
                begun.trigger(),
                begun.cause(),
                0,
                begun.champion(),
                candidate,
                begun.predecessor(),
                begun.learntMicros());
        return new HealingStep(
                Outcome.FALL_BACK,
                shadowed,
                List.of(new Action.Give(Route.SHADOW, candidate, 1)),
                "Feed broken: " + seen.fact("cause") + ". Version " + candidate.version()
                        + ", which does not read it, is asked along.",
                "数据源异常：" + seen.fact("cause") + "。不读取该数据源的版本 " + candidate.version() + " 开始影子运行。");
    }

    private @Nullable HealingStep trained(HealingState state, Observation seen) {
        Version candidate = version(seen, "candidate");
        if (state.phase() != Phase.TRAINING || candidate == null) {
            return null;
        }
        HealingState learnt = state.learnt(state.sinceMicros());
        if (seen.figure("passed") != 1) {
            return ended(
                    learnt,
                    seen,
                    Outcome.REJECT,
                    List.of(),
                    "Version " + candidate.version() + " did not pass its gates.",
                    "版本 " + candidate.version() + " 未通过门槛。");
        }
        return new HealingStep(
                Outcome.SHADOW,
                learnt.in(Phase.SHADOW, seen.atMicros(), due(seen, definition.shadowMillis()), candidate),
                List.of(new Action.Give(Route.SHADOW, candidate, 1)),
                "Version " + candidate.version() + " passed its gates and is asked along.",
                "版本 " + candidate.version() + " 通过门槛，开始影子运行。");
    }

    private @Nullable HealingStep failed(HealingState state, Observation seen) {
        return state.phase() != Phase.TRAINING
                ? null
                : ended(
                        state,
                        seen,
                        Outcome.REJECT,
                        List.of(),
                        "Training made nothing: " + seen.fact("why"),
                        "训练没有产出：" + seen.fact("why"));
    }

    private @Nullable HealingStep trial(HealingState state, Observation seen) {
        if (state.held() || seen.atMicros() < state.dueMicros()) {
            return null;
        }
        return switch (state.phase()) {
            case SHADOW -> few(seen) ? wait(state, seen) : shadowed(state, seen);
            case CANARY -> canaried(state, seen);
            case PROBATION -> probation(state, seen);
            case WATCHING, TRAINING, APPROVAL -> null;
        };
    }

    private static boolean few(Observation seen) {
        return seen.figure("hours") < LEAST_HOURS || seen.figure("questions") < LEAST_QUESTIONS;
    }

    private HealingStep wait(HealingState state, Observation seen) {
        if (state.extensions() >= MOST_EXTENSIONS) {
            return ended(
                    state,
                    seen,
                    Outcome.REJECT,
                    List.of(new Action.Withdraw(Route.SHADOW)),
                    "Too few labels came to judge the candidate.",
                    "标签太少，无法评判候选版本。");
        }
        HealingState longer = state.extended(due(seen, definition.shadowMillis() / 2));
        return new HealingStep(
                Outcome.EXTEND, longer, List.of(), "Too few labels yet: it is watched on.", "标签尚少，继续观察。");
    }

    /** {@code gain} is what the candidate loses less per question. */
    private HealingStep shadowed(HealingState state, Observation seen) {
        Version candidate = needed(state.candidate());
        double gain = seen.figure("gain");
        double error = seen.figure("gain_error");
        boolean fit = state.purpose() == Purpose.FALL_BACK ? gain > SURE * error : gain > -SURE * error;
        if (!fit) {
            return ended(
                    state,
                    seen,
                    Outcome.REJECT,
                    List.of(new Action.Withdraw(Route.SHADOW)),
                    text(
                            "Version %d is not taken: its loss per question is %+.4f against the champion's (standard error %.4f).",
                            candidate.version(), -gain, error),
                    text("不采用版本 %d：每题损失与冠军相差 %+.4f（标准误 %.4f）。", candidate.version(), -gain, error));
        }
        return new HealingStep(
                Outcome.CANARY,
                state.in(Phase.CANARY, seen.atMicros(), due(seen, definition.canaryMillis()), candidate),
                List.of(new Action.Give(Route.CANARY, candidate, definition.canaryShare())),
                text(
                        "Asked along on %.0f questions, version %d has a loss per question of %+.4f against the champion's (standard error %.4f): it answers %.0f %% of the keys.",
                        seen.figure("questions"), candidate.version(), -gain, error, 100 * definition.canaryShare()),
                text(
                        "影子运行 %.0f 题，版本 %d 每题损失与冠军相差 %+.4f（标准误 %.4f）：由它回答 %.0f %% 的键。",
                        seen.figure("questions"), candidate.version(), -gain, error, 100 * definition.canaryShare()));
    }

    private HealingStep canaried(HealingState state, Observation seen) {
        if (seen.figure("canary_worse_p") < CANARY_LEVEL) {
            return ended(
                    state,
                    seen,
                    Outcome.ROLL_BACK,
                    List.of(new Action.Withdraw(Route.CANARY), new Action.Withdraw(Route.SHADOW)),
                    text("The canary loses more than the champion (p = %.4f).", seen.figure("canary_worse_p")),
                    text("金丝雀比冠军损失更多（p = %.4f）。", seen.figure("canary_worse_p")));
        }
        if (definition.approval()) {
            return new HealingStep(
                    Outcome.ASK_A_PERSON,
                    state.in(Phase.APPROVAL, seen.atMicros(), Long.MAX_VALUE, state.candidate()),
                    List.of(),
                    "The canary is not worse. A person must approve the promotion.",
                    "金丝雀不逊于冠军，等待人工批准。");
        }
        return promote(state, seen);
    }

    private HealingStep promote(HealingState state, Observation seen) {
        Version candidate = needed(state.candidate());
        Version champion = needed(state.champion());
        HealingState promoted = state.in(
                        Phase.PROBATION, seen.atMicros(), due(seen, definition.probationMillis()), null)
                .answering(candidate, champion);
        return new HealingStep(
                Outcome.PROMOTE,
                promoted,
                List.of(
                        new Action.Withdraw(Route.CANARY),
                        new Action.Give(Route.SHADOW, champion, 1),
                        new Action.Give(Route.CHAMPION, candidate, 1)),
                "Version " + candidate.version() + " is champion now; version " + champion.version()
                        + " is asked along.",
                "版本 " + candidate.version() + " 成为冠军；版本 " + champion.version() + " 继续影子运行。");
    }

    /** {@code gain} is what the predecessor, asked along, would lose less per question. */
    private HealingStep probation(HealingState state, Observation seen) {
        double gain = seen.figure("gain");
        boolean broken = state.purpose() == Purpose.FALL_BACK && seen.figure("feed_broken") > 0;
        if (!few(seen) && !broken && gain > SURE * seen.figure("gain_error")) {
            return rolledBack(
                    state,
                    seen,
                    text(
                            "The predecessor would lose %.4f less per question (error %.4f).",
                            gain, seen.figure("gain_error")),
                    text("前任版本每题可少损失 %.4f（误差 %.4f）。", gain, seen.figure("gain_error")));
        }
        if (state.purpose() == Purpose.FALL_BACK) {
            return new HealingStep(
                    Outcome.KEEP,
                    state.in(Phase.PROBATION, seen.atMicros(), due(seen, definition.probationMillis()), null),
                    List.of(),
                    broken
                            ? "The feed is still broken: the fall-back stays."
                            : "The predecessor is not better yet: the fall-back stays.",
                    broken ? "数据源仍异常：保持后备版本。" : "前任版本尚未更优：保持后备版本。");
        }
        return ended(
                state,
                seen,
                Outcome.SETTLE,
                List.of(new Action.Withdraw(Route.SHADOW)),
                text("The new champion held: the predecessor's loss per question is %+.4f against it.", -gain),
                text("新冠军表现稳定：前任版本每题损失与其相差 %+.4f。", -gain));
    }

    private HealingStep rolledBack(HealingState state, Observation seen, String english, String chinese) {
        Version predecessor = needed(state.predecessor());
        HealingState back =
                ended(state, seen, Outcome.ROLL_BACK, List.of(), "", "").next();
        HealingState swapped = back.answering(predecessor, state.champion());
        return new HealingStep(
                Outcome.ROLL_BACK,
                swapped,
                List.of(new Action.Withdraw(Route.SHADOW), new Action.Give(Route.CHAMPION, predecessor, 1)),
                english + " Version " + predecessor.version() + " answers again.",
                chinese + " 版本 " + predecessor.version() + " 恢复为冠军。");
    }

    private HealingStep held(HealingState state, Observation seen, boolean hold) {
        HealingState next = state.holding(hold);
        return hold
                ? new HealingStep(
                        Outcome.HELD, next, List.of(), seen.fact("by") + " holds it.", seen.fact("by") + " 暂停了自愈。")
                : new HealingStep(
                        Outcome.RESUMED,
                        next,
                        List.of(),
                        seen.fact("by") + " lets it go on.",
                        seen.fact("by") + " 恢复了自愈。");
    }

    private @Nullable HealingStep undo(HealingState state, Observation seen) {
        String by = seen.fact("by");
        return switch (state.phase()) {
            case TRAINING, SHADOW, CANARY, APPROVAL ->
                ended(
                        state,
                        seen,
                        Outcome.UNDONE,
                        List.of(new Action.Withdraw(Route.CANARY), new Action.Withdraw(Route.SHADOW)),
                        by + " undoes it: the candidate is dropped.",
                        by + " 撤销：放弃候选版本。");
            case PROBATION, WATCHING ->
                state.predecessor() == null ? null : rolledBack(state, seen, by + " undoes it.", by + " 撤销。");
        };
    }

    private HealingStep ended(
            HealingState state,
            Observation seen,
            Outcome outcome,
            List<Action> actions,
            String english,
            String chinese) {
        HealingState next = state.in(Phase.WATCHING, seen.atMicros(), due(seen, definition.coolDownMillis()), null);
        return new HealingStep(outcome, next, actions, english, chinese);
    }

    private static long due(Observation seen, long millis) {
        return seen.atMicros() + 1_000 * millis;
    }

    /** Facts {@code name} (number) and {@code name_digest}. */
    private static @Nullable Version version(Observation seen, String name) {
        String number = seen.fact(name);
        return number.isEmpty() ? null : new Version(Integer.parseInt(number), seen.fact(name + "_digest"));
    }

    private static Version needed(@Nullable Version version) {
        if (version == null) {
            throw new IllegalStateException("this phase has a version");
        }
        return version;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
