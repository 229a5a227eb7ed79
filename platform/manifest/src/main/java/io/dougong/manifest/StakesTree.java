package io.dougong.manifest;

import io.dougong.documents.Plain;
import io.dougong.serving.AdverseAction;
import io.dougong.serving.CostMatrix;
import io.dougong.serving.GroupThresholds;
import io.dougong.serving.ProtectedField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The canonical form of what hangs on a decision; see {@link ApplicationTree}. */
final class StakesTree {

    private StakesTree() {}

    static @Nullable Map<String, Object> costs(@Nullable CostMatrix costs) {
        if (costs == null) {
            return null;
        }
        Map<String, Object> outcomes = new TreeMap<>();
        costs.outcomes()
                .forEach((outcome, either) -> outcomes.put(
                        outcome, Plain.map("if_true", price(either.ifTrue()), "if_false", price(either.ifFalse()))));
        return Plain.map(
                "unit",
                costs.unit(),
                "amount",
                costs.amount(),
                "review",
                Plain.numberOrNothing(costs.review()),
                "outcomes",
                outcomes);
    }

    private static Object price(CostMatrix.Price price) {
        return price.share() == 0
                ? Plain.number(price.fixed())
                : Plain.map("fixed", Plain.number(price.fixed()), "share", Plain.number(price.share()));
    }

    static @Nullable Map<String, Object> adverse(@Nullable AdverseAction adverse) {
        if (adverse == null) {
            return null;
        }
        Map<String, Object> reasons = new LinkedHashMap<>();
        adverse.reasons()
                .forEach(reason -> reasons.put(
                        reason.code(),
                        Plain.map("features", reason.features(), "en", reason.english(), "zh", reason.chinese())));
        return Plain.map(
                "outcomes",
                adverse.outcomes(),
                "reference",
                Grammar.word(adverse.reference()),
                "most",
                (long) adverse.most(),
                "reasons",
                reasons,
                "creditor",
                said(adverse.creditor()),
                "notice",
                said(adverse.notice()));
    }

    private static @Nullable Map<String, Object> said(AdverseAction.@Nullable Said said) {
        return said == null ? null : Plain.map("en", said.english(), "zh", said.chinese());
    }

    static @Nullable Map<String, Object> guarded(List<ProtectedField> fields) {
        if (fields.isEmpty()) {
            return null;
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        fields.forEach(field -> plain.put(field.field(), Plain.map("up_to", Plain.numberOrNothing(field.upTo()))));
        return plain;
    }

    static @Nullable Map<String, Object> thresholds(@Nullable GroupThresholds thresholds) {
        if (thresholds == null) {
            return null;
        }
        Map<String, Object> from = new TreeMap<>();
        thresholds.from().forEach((group, probability) -> from.put(group, Plain.number(probability)));
        return Plain.map("by", thresholds.by().field(), "from", from, "justification", thresholds.justification());
    }
}
