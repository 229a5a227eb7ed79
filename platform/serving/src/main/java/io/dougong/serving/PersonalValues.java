package io.dougong.serving;

import io.dougong.decisions.Decision;
import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.Question;
import io.dougong.kernel.Json;
import io.dougong.trust.Opened;
import io.dougong.trust.Sealed;
import io.dougong.trust.Vault;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Seals the personal values of a decision before it is recorded, and opens them to replay it, until the person is erased. */
public final class PersonalValues {

    private final Vault vault;
    private final Set<String> personal;

    /** @param personal names of fields whose values are sealed under the question's subject */
    public PersonalValues(Vault vault, Set<String> personal) {
        this.vault = vault;
        this.personal = Set.copyOf(personal);
    }

    public Decision sealed(Decision clear) {
        return mapped(clear, this::seal);
    }

    /** @throws ServingProblem if the person was erased */
    public Decision opened(Decision recorded) {
        return mapped(recorded, this::open);
    }

    private interface Change {
        Object apply(String subject, String field, Object value);
    }

    private Decision mapped(Decision decision, Change change) {
        String subject = decision.question().subject();
        if (personal.isEmpty() || subject == null) {
            return decision;
        }
        BiFunction<String, Object, Object> each =
                (field, value) -> personal.contains(field) ? change.apply(subject, field, value) : value;
        return withValues(decision, question(decision.question(), each), features(decision.features(), each));
    }

    private static Question question(Question question, BiFunction<String, Object, Object> each) {
        Map<String, Object> input = new TreeMap<>();
        question.input().forEach((field, value) -> input.put(field, each.apply(field, value)));
        return new Question(question.key(), question.subject(), question.askedMicros(), input);
    }

    private static List<FeatureValue> features(List<FeatureValue> values, BiFunction<String, Object, Object> each) {
        return values.stream().map(value -> feature(value, each)).toList();
    }

    private static FeatureValue feature(FeatureValue value, BiFunction<String, Object, Object> each) {
        @Nullable Object was = value.value();
        return was == null ? value : new FeatureValue(value.name(), each.apply(value.name(), was), value.ageMicros());
    }

    private static Decision withValues(Decision d, Question question, List<FeatureValue> features) {
        return new Decision(
                d.id(),
                d.application(),
                d.applicationVersion(),
                d.name(),
                d.decidedMicros(),
                question,
                features,
                d.model(),
                d.score(),
                d.outcome(),
                d.confidence(),
                d.reasons(),
                d.verdicts(),
                d.shadows(),
                d.cost(),
                d.lineage(),
                d.expectedCosts());
    }

    private Object seal(String subject, String field, Object value) {
        return vault.seal(subject, field, Json.bytes(value)).text();
    }

    private Object open(String subject, String field, Object value) {
        if (!(value instanceof String text) || !Sealed.looksSealed(text)) {
            return value;
        }
        return switch (vault.open(subject, field, Sealed.parse(text))) {
            case Opened.Clear clear -> scalar(clear.bytes());
            case Opened.Erased _ -> throw ServingProblem.erased(field);
        };
    }

    private static Object scalar(byte[] json) {
        Object value = Json.read(json, Object.class);
        return value instanceof Integer small ? (Object) small.longValue() : value;
    }
}
