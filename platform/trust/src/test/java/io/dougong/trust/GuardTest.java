package io.dougong.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Json;
import io.dougong.trust.GuardVerdict.Severity;
import java.lang.management.ManagementFactory;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuardTest {

    private static final long NO_AGE = -1;
    private static final Guard GUARD = new Guard(List.of(
            Expectation.number("delay", 0, 100, 0.1).mandatory().freshWithin(60_000_000),
            Expectation.category("carrier", List.of("AA", "UA")),
            Expectation.flag("weekend"),
            Expectation.number("income", 0, 10, 0).personal()));
    private static final Object[] GOOD = {5.0, "AA", true, 3L};
    private static final long[] YOUNG = {1, NO_AGE, NO_AGE, NO_AGE};

    private static List<GuardVerdict> check(
            @Nullable Object delay, @Nullable Object carrier, @Nullable Object weekend, @Nullable Object income) {
        return GUARD.check(new @Nullable Object[] {delay, carrier, weekend, income}, YOUNG);
    }

    @Test
    void whatTrainingSawPassesWithTheSharedEmptyList() {
        assertThat(GUARD.check(GOOD, YOUNG)).isSameAs(List.of());
        assertThat(check(5L, null, null, null)).isEmpty();
    }

    @Test
    void aPassingCheckAllocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().threadId();
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            found += GUARD.check(GOOD, YOUNG).size();
        }
        long before = threads.getThreadAllocatedBytes(id);
        for (int i = 0; i < 100_000; i++) {
            found += GUARD.check(GOOD, YOUNG).size();
        }
        assertThat(threads.getThreadAllocatedBytes(id) - before).isLessThan(100_000);
        assertThat(found).isZero();
    }

    @Test
    void aMissingRequiredFeatureBlocks() {
        assertThat(check(null, "AA", true, 1.0))
                .containsExactly(new GuardVerdict(
                        "missing", "delay", Severity.BLOCK, "Feature 'delay' is required and missing."));
    }

    @Test
    void theRangeOfTrainingWithItsToleranceIsAllowedAndNoMore() {
        assertThat(check(-10.0, "AA", true, 1.0)).isEmpty();
        assertThat(check(110L, "AA", true, 1.0)).isEmpty();
        assertThat(check(Math.nextUp(110.0), "AA", true, 1.0)).singleElement().satisfies(verdict -> {
            assertThat(verdict.rule()).isEqualTo("out-of-range");
            assertThat(verdict.severity()).isEqualTo(Severity.REVIEW);
            assertThat(verdict.message()).contains("'110.0", "[-10.0, 110.0]");
        });
    }

    @Property
    void aNumberIsFlaggedExactlyIfItIsNotInTheRange(@ForAll double delay) {
        boolean inside = delay >= -10 && delay <= 110;
        assertThat(check(delay, "AA", true, 1.0).isEmpty()).isEqualTo(inside);
    }

    @Test
    void aNumberThatIsNotFiniteBlocksAndIsReportedOnce() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThat(check(value, "AA", true, 1.0))
                    .extracting(GuardVerdict::rule, GuardVerdict::severity)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("not-finite", Severity.BLOCK));
        }
    }

    @Test
    void aCategoryThatTrainingNeverSawGoesToAPerson() {
        assertThat(check(1.0, "ZZ", true, 1.0)).singleElement().satisfies(verdict -> {
            assertThat(verdict.rule()).isEqualTo("unseen-category");
            assertThat(verdict.severity()).isEqualTo(Severity.REVIEW);
            assertThat(verdict.message()).contains("'ZZ'", "2 categories");
        });
    }

    @Test
    void aValueOfTheWrongKindBlocks() {
        assertThat(check("five", 5.0, "yes", 1.0))
                .extracting(GuardVerdict::rule, GuardVerdict::feature)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("wrong-kind", "delay"),
                        org.assertj.core.groups.Tuple.tuple("wrong-kind", "carrier"),
                        org.assertj.core.groups.Tuple.tuple("wrong-kind", "weekend"));
    }

    @Test
    void aStaleFeatureIsNotedAndOneWithoutAgeIsNot() {
        assertThat(GUARD.check(GOOD, new long[] {60_000_000, NO_AGE, NO_AGE, NO_AGE}))
                .isEmpty();
        assertThat(GUARD.check(GOOD, new long[] {NO_AGE, NO_AGE, NO_AGE, NO_AGE}))
                .isEmpty();
        assertThat(GUARD.check(GOOD, new long[] {60_000_001, NO_AGE, NO_AGE, NO_AGE}))
                .singleElement()
                .satisfies(verdict -> {
                    assertThat(verdict.rule()).isEqualTo("stale");
                    assertThat(verdict.severity()).isEqualTo(Severity.WARN);
                });
    }

    @Test
    void aPersonalValueIsNotInTheMessage() {
        assertThat(check(1.0, "AA", true, 4711.0))
                .singleElement()
                .satisfies(verdict ->
                        assertThat(verdict.message()).doesNotContain("4711").contains("not shown"));
    }

    @Test
    void expectationsSurviveJsonAndKeepTheirOrder() {
        byte[] json = Json.bytes(GUARD.expectations());
        Expectation[] back = Json.read(json, Expectation[].class);
        assertThat(back).containsExactlyElementsOf(GUARD.expectations());
    }

    @Test
    void anImpossibleRangeAndValuesOfAnotherNumberAreRefused() {
        assertThatThrownBy(() -> Expectation.number("x", 2, 1, 0)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Expectation.number("x", 1, 2, Double.NaN)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> GUARD.check(new Object[2], new long[2])).hasMessageContaining("4 features");
    }
}
