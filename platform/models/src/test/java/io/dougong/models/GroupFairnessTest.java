package io.dougong.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupFairnessTest {

    private static final Bootstrap BOOTSTRAP = new Bootstrap(7, 200);

    private final List<@Nullable String> groups = new ArrayList<>();
    private final List<Boolean> given = new ArrayList<>();
    private final List<Boolean> deserved = new ArrayList<>();

    private void add(int rows, @Nullable String group, boolean deserves, boolean gets) {
        for (int i = 0; i < rows; i++) {
            groups.add(group);
            deserved.add(deserves);
            given.add(gets);
        }
    }

    private List<GroupFairness> measured() {
        return GroupFairness.of(groups, array(given), array(deserved), BOOTSTRAP);
    }

    private static boolean[] array(List<Boolean> list) {
        boolean[] array = new boolean[list.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = list.get(i);
        }
        return array;
    }

    /** Counted by hand: young 100 (TPR 0.6, FPR 0.2), old 200 (TPR 0.8, FPR 0.3). */
    @Test
    void theFourFiguresAreThoseCountedByHand() {
        add(30, "young", true, true);
        add(20, "young", true, false);
        add(10, "young", false, true);
        add(40, "young", false, false);
        add(96, "old", true, true);
        add(24, "old", true, false);
        add(24, "old", false, true);
        add(56, "old", false, false);
        GroupFairness young = measured().getFirst();
        assertThat(young.group()).isEqualTo("young");
        assertThat(young.reference()).isEqualTo("old");
        assertThat(young.favourable()).isEqualTo(0.4);
        assertThat(young.parity().estimate()).isCloseTo(0.4 - 0.6, within(1e-12));
        assertThat(young.opportunity().estimate()).isCloseTo(0.6 - 0.8, within(1e-12));
        assertThat(young.odds().estimate()).isCloseTo((-0.2 - 0.1) / 2, within(1e-12));
        assertThat(young.impact().estimate()).isCloseTo(0.4 / 0.6, within(1e-12));
        assertThat(young.parity().low()).isLessThan(-0.2).isGreaterThan(-0.35);
        assertThat(young.parity().high()).isGreaterThan(-0.2).isLessThan(-0.05);
    }

    @Test
    void rowsWithoutAGroupAndSmallGroupsAreLeftOut() {
        add(50, "old", true, true);
        add(30, null, true, false);
        add(19, "few", true, false);
        assertThat(measured()).isEmpty();
    }

    @Test
    void aFigureThatIsNotDefinedIsNotMadeUp() {
        add(50, "old", true, true);
        add(30, "young", false, false);
        GroupFairness young = measured().getFirst();
        assertThat(young.parity().estimate()).isEqualTo(-1);
        assertThat(young.opportunity().estimate()).isNaN();
    }
}
