package io.dougong.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CaseStateTest {

    private static Opinion says(String reviewer, String outcome) {
        return new Opinion(reviewer, outcome, "", 0);
    }

    @Test
    void onePersonSettlesAlone() {
        assertThat(CaseState.of(List.of(), 1)).isEqualTo(CaseState.OPEN);
        assertThat(CaseState.of(List.of(says("an", "PAY")), 1)).isEqualTo(CaseState.SETTLED);
    }

    @Test
    void withFourEyesASecondPersonMustAgree() {
        List<Opinion> first = List.of(says("an", "PAY"));
        assertThat(CaseState.of(first, 2)).isEqualTo(CaseState.SECOND);
        assertThat(CaseState.of(List.of(says("an", "PAY"), says("bo", "PAY")), 2))
                .isEqualTo(CaseState.SETTLED);
    }

    @Test
    void whoDisagreesBringsInAThirdWhoDecides() {
        List<Opinion> two = List.of(says("an", "PAY"), says("bo", "HOLD"));
        assertThat(CaseState.of(two, 2)).isEqualTo(CaseState.DISPUTED);
        List<Opinion> three = new ArrayList<>(two);
        three.add(says("cy", "HOLD"));
        assertThat(CaseState.settled(three, 2)).contains("HOLD");
    }

    @Property
    void whatIsSettledStaysSettledWhateverIsSaidLater(
            @ForAll @Size(max = 8) List<@IntRange(max = 2) Integer> outcomes,
            @ForAll @IntRange(min = 1, max = 2) int needed) {
        List<Opinion> opinions = new ArrayList<>();
        String settled = null;
        for (int i = 0; i < outcomes.size(); i++) {
            opinions.add(says("p" + i, "O" + outcomes.get(i)));
            String now = CaseState.settled(opinions, needed).orElse(null);
            if (settled != null) {
                assertThat(now).isEqualTo(settled);
            }
            settled = now;
            assertThat(CaseState.of(opinions, needed).waits()).isEqualTo(settled == null);
        }
    }
}
