package io.dougong.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.operate.Reading.State;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LatencyMonitorTest {

    private static final long DAY = SyntheticWorld.DAY;
    private static final long FAST = 200;
    private static final long SLOW = 60_000;

    @Test
    void oneSlowDecisionOfAHundredIsAllowed() {
        LatencyMonitor monitor = monitor(null);
        day(monitor, 0, 9_900, 100);
        assertThat(monitor.gauge().reading().state()).isEqualTo(State.OK);
    }

    @Test
    void manyMoreSlowOnesAlarmAndTheNextGoodWindowEndsIt() {
        LatencyMonitor monitor = monitor(null);
        day(monitor, 0, 9_700, 300);
        Reading bad = monitor.gauge().reading();
        assertThat(bad.state()).isEqualTo(State.ALARM);
        assertThat(bad.id()).isEqualTo("ask/latency");
        assertThat(bad.value()).isBetween(60.0, 60.0 * 1.125);
        assertThat(bad.threshold()).isEqualTo(50);
        assertThat(bad.figures()).containsEntry("slow", 300.0).containsEntry("decisions", 10_000.0);
        day(monitor, 1, 10_000, 0);
        assertThat(monitor.gauge().reading().state()).isEqualTo(State.OK);
        assertThat(monitor.gauge().reading().sinceMicros()).isEqualTo(2 * DAY);
    }

    @Test
    void twoSlowOnesOfTenMayBeChance() {
        LatencyMonitor monitor = monitor(null);
        day(monitor, 0, 8, 2);
        assertThat(monitor.gauge().reading().state()).isEqualTo(State.OK);
    }

    @Test
    void itGoesOnWhereItWasKept() {
        LatencyMonitor whole = monitor(null);
        LatencyMonitor first = monitor(null);
        tell(whole, 0, 900, 100);
        tell(first, 0, 900, 100);
        LatencyMonitor second = monitor(first.kept());
        tell(first, 0, 5, 5);
        tell(whole, 0, 500, 50);
        tell(second, 0, 500, 50);
        whole.advance(DAY);
        second.advance(DAY);
        assertThat(second.gauge().reading()).isEqualTo(whole.gauge().reading());
    }

    @Property(tries = 200)
    void aQuantileIsAtMostAnEighthAboveTheTrueOne(
            @ForAll @Size(min = 1, max = 300) List<@LongRange(min = 0, max = 10_000_000_000L) Long> micros) {
        LatencyMonitor monitor = monitor(null);
        monitor.advance(0);
        micros.forEach(monitor::add);
        monitor.advance(DAY);
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        double median = sorted[(sorted.length + 1) / 2 - 1] / 1_000.0;
        assertThat(monitor.gauge().reading().figures().get("p50_millis")).isBetween(median, median * 1.125 + 1e-9);
    }

    private static LatencyMonitor monitor(LatencyMonitor.@Nullable Kept kept) {
        return new LatencyMonitor("ask", MonitorsDefinition.USUAL, kept);
    }

    private static void day(LatencyMonitor monitor, int day, int fast, int slow) {
        tell(monitor, day, fast, slow);
        monitor.advance((day + 1) * DAY);
    }

    private static void tell(LatencyMonitor monitor, int day, int fast, int slow) {
        monitor.advance(day * DAY);
        IntStream.range(0, fast).forEach(_ -> monitor.add(FAST));
        IntStream.range(0, slow).forEach(_ -> monitor.add(SLOW));
    }
}
