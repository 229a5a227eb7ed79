package io.dougong.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ContributionProfileTest {

    @Property(tries = 200)
    void overAllBinsTheMeanIsTheMeanOfTheRows(
            @ForAll @Size(min = 1, max = 100) List<@DoubleRange(min = -5, max = 5) Double> margins) {
        List<ContributionProfile.Row> rows = rows(margins);
        double mean =
                margins.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        assertThat(ContributionProfile.of(rows, 1).mean(_ -> true)[0]).isCloseTo(mean, within(1e-9));
    }

    @Test
    void theNearestApprovedAreOneBinAtTheThreshold() {
        List<Double> margins = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            margins.add((double) i);
        }
        ContributionProfile profile = ContributionProfile.of(rows(margins), 1);
        assertThat(profile.bins()).hasSize(20).allMatch(bin -> bin.rows() == 5);
        assertThat(profile.nearest(bin -> bin.margin() < 50, true)[0]).isEqualTo(47);
        assertThat(profile.nearest(bin -> bin.margin() > 50, false)[0]).isEqualTo(52);
        assertThat(profile.mean(bin -> bin.margin() < 50)[0]).isEqualTo(24.5);
    }

    private static List<ContributionProfile.Row> rows(List<Double> margins) {
        return margins.stream()
                .map(margin -> new ContributionProfile.Row(margin, new double[] {margin, 0}))
                .toList();
    }
}
