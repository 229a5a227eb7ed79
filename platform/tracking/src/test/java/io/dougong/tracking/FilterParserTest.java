package io.dougong.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.tracking.Comparison.Operand;
import io.dougong.tracking.Comparison.Operator;
import io.dougong.tracking.Comparison.Subject;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {

    private static Comparison one(String filter) {
        List<Comparison> all = FilterParser.filter(filter, Grammar.RUNS);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static Comparison text(Subject subject, String key, Operator operator, String value) {
        return new Comparison(subject, key, operator, new Operand.Text(value));
    }

    @Test
    void prefixesHaveShortAndLongForms() {
        for (String prefix : List.of("param", "params", "parameter", "parameters")) {
            assertThat(one(prefix + ".depth = '6'")).isEqualTo(text(Subject.PARAMETER, "depth", Operator.EQUAL, "6"));
        }
        assertThat(one("tag.a = 'x'").subject()).isEqualTo(Subject.TAG);
        assertThat(one("metrics.auc > 0.8"))
                .isEqualTo(new Comparison(Subject.METRIC, "auc", Operator.GREATER, new Operand.Number(0.8)));
        assertThat(one("attr.status != \"FAILED\""))
                .isEqualTo(text(Subject.ATTRIBUTE, "status", Operator.NOT_EQUAL, "FAILED"));
        assertThat(one("run_name LIKE 'a%'")).isEqualTo(text(Subject.ATTRIBUTE, "run_name", Operator.LIKE, "a%"));
    }

    @Test
    void keysInQuotesMayHoldAnything() {
        assertThat(one("metrics.\"a b/c\" < -1e3").key()).isEqualTo("a b/c");
        assertThat(one("metrics.`x = 'y' AND` < 1").key()).isEqualTo("x = 'y' AND");
        assertThat(one("tags.mlflow.parentRunId = 'x'").key()).isEqualTo("mlflow.parentRunId");
        assertThat(one("attributes.`Run name` = 'x'").key()).isEqualTo("run_name");
    }

    @Test
    void comparisonsAreJoinedByAnd() {
        assertThat(FilterParser.filter("metrics.a>1 and params.b='2' AND tags.c IS NOT NULL", Grammar.RUNS))
                .extracting(Comparison::operator)
                .containsExactly(Operator.GREATER, Operator.EQUAL, Operator.IS_NOT_NULL);
        assertThat(FilterParser.filter("  ", Grammar.RUNS)).isEmpty();
    }

    @Test
    void listsAreOfTexts() {
        assertThat(one("run_id NOT IN ('a', \"b\",)"))
                .isEqualTo(new Comparison(
                        Subject.ATTRIBUTE, "run_id", Operator.NOT_IN, new Operand.Texts(List.of("a", "b"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metrics.a",
                "metrics.a >",
                "metrics.a > 'x'",
                "metrics.a LIKE 'x'",
                "params.a > '1'",
                "params.a = 1",
                "params.a = 'x",
                "params.a = 'x' OR params.b = 'y'",
                "params.a = 'x' params.b = 'y'",
                "AND params.a = 'x'",
                "params.a IN ('x')",
                "run_id IN ()",
                "run_id IN ('x'",
                "status IS NULL",
                "unknown = 'x'",
                "nothing.a = 'x'",
                "params. = 'x'",
                "metrics.a = 1.2.3",
                "metrics.a = 1; DROP TABLE run",
                "start_time = 'x'",
                "dataset.source = 'x'"
            })
    void whatIsNotOfTheGrammarIsRefused(String filter) {
        assertThatThrownBy(() -> FilterParser.filter(filter, Grammar.RUNS)).isInstanceOf(TrackingProblem.class);
    }

    @Test
    void aFilterOfOneKindDoesNotFitAnother() {
        assertThatThrownBy(() -> FilterParser.filter("metrics.a > 1", Grammar.EXPERIMENTS))
                .isInstanceOf(TrackingProblem.class);
        assertThatThrownBy(() -> FilterParser.filter("status = 'x'", Grammar.EXPERIMENTS))
                .hasMessageContaining("experiment_id");
    }

    @Test
    void ordersHaveADirection() {
        assertThat(FilterParser.orders(List.of("metrics.auc DESC", "start_time", "tags.`a b` asc"), Grammar.RUNS))
                .containsExactly(
                        new Order(Subject.METRIC, "auc", false),
                        new Order(Subject.ATTRIBUTE, "start_time", true),
                        new Order(Subject.TAG, "a b", true));
        for (String wrong : List.of("", "metrics.auc sideways", "metrics.auc DESC ASC", "dataset.name")) {
            assertThatThrownBy(() -> FilterParser.orders(List.of(wrong), Grammar.RUNS))
                    .isInstanceOf(TrackingProblem.class);
        }
    }

    @Property
    void anyTextComesThroughItsQuotes(
            @ForAll @StringLength(max = 60) String value, @ForAll @NotBlank @StringLength(max = 40) String key) {
        String filter = "params.`" + key.replace("`", "``") + "` = '" + value.replace("'", "''") + "'";
        assertThat(one(filter)).isEqualTo(text(Subject.PARAMETER, key, Operator.EQUAL, value));
    }

    @Property
    void anyNumberComesThrough(@ForAll double value) {
        if (Double.isFinite(value)) {
            assertThat(one("metrics.m <= " + value).operand()).isEqualTo(new Operand.Number(value));
        }
    }

    @Property
    void whateverIsWrittenIsReadOrRefused(@ForAll @StringLength(max = 80) String anything) {
        try {
            FilterParser.filter(anything, Grammar.RUNS);
        } catch (TrackingProblem refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    @Property
    void likeIsWhatSqlSays(@ForAll @StringLength(max = 12) String text, @ForAll @StringLength(max = 6) String part) {
        assertThat(Wildcards.like(text, text.replace('%', '_'))).isTrue();
        assertThat(Wildcards.like(text, "%" + part.replace("%", "_").replace("_", "") + "%"))
                .isEqualTo(text.contains(part.replace("%", "_").replace("_", "")));
        assertThat(Wildcards.like("aab", "a%b%b")).isFalse();
        assertThat(Wildcards.ilike("AbC", "aB_")).isTrue();
    }
}
