package io.dougong.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FixedPointTest {

    @Property
    void wordsAreTheNumberInTwosComplement(@ForAll BigInteger number) {
        BigInteger small = number.shiftRight(Math.max(0, number.bitLength() - 127));
        assertThat(FixedPoint.big(small.longValue(), small.shiftRight(64).longValue()))
                .isEqualTo(small);
    }

    @Property
    void theOrderOfTheLongsIsTheOrderOfTheDoubles(@ForAll double a, @ForAll double b) {
        assertThat(Integer.signum(Long.compare(FixedPoint.ordered(a), FixedPoint.ordered(b))))
                .isEqualTo(Integer.signum(Double.compare(a + 0.0, b + 0.0)));
        assertThat(FixedPoint.fromOrdered(FixedPoint.ordered(a))).isEqualTo(a + 0.0);
    }

    @Property
    void aMeanIsTheNearestDouble(
            @ForAll long low,
            @ForAll @LongRange(min = -1000, max = 1000) long high,
            @ForAll @LongRange(min = 1, max = 1L << 40) long count) {
        long sign = high % 2 == 0 ? low >> 63 : high;
        BigDecimal exact = new BigDecimal(FixedPoint.big(low, sign))
                .divide(BigDecimal.valueOf(count).multiply(BigDecimal.valueOf(1 << 24)), new MathContext(80));
        assertThat(FixedPoint.mean(low, sign, count, 24)).isEqualTo(exact.doubleValue() + 0.0);
    }

    @Test
    void valuesRoundHalfToEvenAndTheLimitIsTold() {
        assertThat(FixedPoint.of(0x1p-25)).isZero();
        assertThat(FixedPoint.of(3 * 0x1p-25)).isEqualTo(2);
        assertThat(FixedPoint.of(-0x1p-25 * 1.5)).isEqualTo(-1);
        assertThat(FixedPoint.fits(5.49e11)).isTrue();
        assertThat(FixedPoint.fits(0x1p39)).isFalse();
        assertThat(FixedPoint.fits(Double.NaN)).isFalse();
    }

    @Property
    void additionOfWordsCarries(
            @ForAll long a0, @ForAll long a1, @ForAll long a2, @ForAll long b0, @ForAll long b1, @ForAll long b2) {
        long[] sum = {a0, a1, a2};
        CellLayout.add3(sum, 0, b0, b1, b2);
        BigInteger modulus = BigInteger.ONE.shiftLeft(192);
        assertThat(FixedPoint.big(sum).mod(modulus))
                .isEqualTo(FixedPoint.big(a0, a1, a2)
                        .add(FixedPoint.big(b0, b1, b2))
                        .mod(modulus));
    }

    @Test
    void additionOfWordsCarriesThroughAllOnes() {
        long[] sum = {-1, -1, 0};
        CellLayout.add3(sum, 0, 1, 0, 0);
        assertThat(sum).containsExactly(0, 0, 1);
        sum = new long[] {-1, -1, 0};
        CellLayout.add3(sum, 0, 1, -1, 0);
        assertThat(sum).containsExactly(0, -1, 1);
    }
}
