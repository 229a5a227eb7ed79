package io.dougong.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dougong.review.Agreement.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {

    /** 50 grants read by two readers: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no; sklearn.metrics.cohen_kappa_score gives 0.4. */
    @Test
    void kappaIsCohens() {
        List<Pair> pairs = new ArrayList<>();
        pairs.addAll(Collections.nCopies(20, new Pair("yes", "yes")));
        pairs.addAll(Collections.nCopies(5, new Pair("yes", "no")));
        pairs.addAll(Collections.nCopies(10, new Pair("no", "yes")));
        pairs.addAll(Collections.nCopies(15, new Pair("no", "no")));
        Agreement agreement = Agreement.of(pairs);
        assertThat(agreement.cases()).isEqualTo(50);
        assertThat(agreement.share()).isCloseTo(0.7, within(1e-12));
        assertThat(agreement.kappa()).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void withoutCasesThereIsNoFigure() {
        assertThat(Agreement.of(List.of()).kappa()).isNaN();
        assertThat(Agreement.of(List.of(new Pair("yes", "yes"))).kappa()).isNaN();
    }
}
