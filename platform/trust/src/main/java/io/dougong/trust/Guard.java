package io.dougong.trust;

import io.dougong.kernel.Sensitivity;
import io.dougong.trust.GuardVerdict.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks a model's input against what the model was trained on, before it is scored. When everything holds it allocates nothing.
 *
 * <p>Missing, of the wrong kind or not finite blocks; out of range or unseen asks for a person; stale is noted. Immutable, and safe
 * for use by many threads.
 */
public final class Guard {

    private static final int SHOWN_LENGTH = 40;
    private static final GuardRule[] NO_RULES = {};

    private final List<Expectation> expectations;
    private final GuardRule[][] rules;

    public Guard(List<Expectation> expectations) {
        this.expectations = List.copyOf(expectations);
        this.rules = expectations.stream().map(Guard::rules).toArray(GuardRule[][]::new);
    }

    /** In the order in which {@link #check} takes values. */
    public List<Expectation> expectations() {
        return expectations;
    }

    /**
     * @param values one per expectation, in their order: {@code Double}, {@code Long}, {@code String}, {@code Boolean} or null
     * @param agesMicros one per expectation; negative for a value without age, e.g. one that came with the question
     * @return in the order of the expectations; the one shared empty list if nothing was found
     */
    public List<GuardVerdict> check(@Nullable Object[] values, long[] agesMicros) {
        if (values.length != rules.length || agesMicros.length != rules.length) {
            throw new IllegalArgumentException(rules.length + " features expected, got " + values.length
                    + " values and " + agesMicros.length + " ages");
        }
        List<GuardVerdict> verdicts = List.of();
        for (int i = 0; i < rules.length; i++) {
            for (GuardRule rule : rules[i]) {
                if (!rule.holds(values[i], agesMicros[i])) {
                    verdicts = added(verdicts, verdict(rule, expectations.get(i).feature(), values[i], agesMicros[i]));
                }
            }
        }
        return verdicts;
    }

    private static List<GuardVerdict> added(List<GuardVerdict> verdicts, GuardVerdict verdict) {
        List<GuardVerdict> longer = verdicts.isEmpty() ? new ArrayList<>() : verdicts;
        longer.add(verdict);
        return longer;
    }

    private static GuardVerdict verdict(GuardRule rule, String feature, @Nullable Object value, long ageMicros) {
        String message = "Feature '" + feature + "' " + rule.finding(value, ageMicros) + ".";
        return new GuardVerdict(rule.name(), feature, rule.severity(), message);
    }

    private static GuardRule[] rules(Expectation expected) {
        List<GuardRule> rules = new ArrayList<>();
        if (expected.required()) {
            rules.add(new GuardRule.Missing(Severity.BLOCK));
        }
        rules.add(new GuardRule.WrongKind(expected.kind(), Severity.BLOCK));
        if (expected.kind() == Expectation.Kind.NUMBER) {
            rules.add(new GuardRule.NotFinite(Severity.BLOCK));
            addRange(rules, expected);
        }
        if (!expected.categories().isEmpty()) {
            rules.add(new GuardRule.UnseenCategory(
                    Set.copyOf(expected.categories()), expected.sensitivity(), Severity.REVIEW));
        }
        if (expected.maxAgeMicros() != Expectation.ANY_AGE) {
            rules.add(new GuardRule.Stale(expected.maxAgeMicros(), Severity.WARN));
        }
        return rules.toArray(NO_RULES);
    }

    private static void addRange(List<GuardRule> rules, Expectation expected) {
        Double minimum = expected.minimum();
        Double maximum = expected.maximum();
        if (minimum == null && maximum == null) {
            return;
        }
        double least = minimum == null ? Double.NEGATIVE_INFINITY : minimum;
        double most = maximum == null ? Double.POSITIVE_INFINITY : maximum;
        double slack = Double.isFinite(most - least) ? expected.tolerance() * (most - least) : 0;
        rules.add(new GuardRule.OutOfRange(least - slack, most + slack, expected.sensitivity(), Severity.REVIEW));
    }

    static String shown(@Nullable Object value, Sensitivity sensitivity) {
        if (sensitivity != Sensitivity.PUBLIC) {
            return "a value not shown here";
        }
        String text = String.valueOf(value);
        return "'" + (text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…") + "'";
    }
}
