package io.dougong.decisions;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dougong.kernel.Json;
import io.dougong.kernel.StreamPartition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a decision as JSON: fixed order of properties, doubles in their shortest form that reads back to the same bits, integers without
 * a point. Equal decisions give equal bytes; {@link DecisionReader} reads all versions ever written.
 *
 * <p>A record has the lowest version that can say it, so that an older release reads all it can: 1 for two classes, 2 where a score is
 * of several classes or a number.
 */
public final class DecisionCodec {

    /** The newest version that this release reads and writes. */
    public static final int VERSION = 2;

    private static final int TWO_CLASSES = 1;

    private static final int TYPICAL_BYTES = 4096;

    private DecisionCodec() {}

    public static byte[] bytes(Decision decision) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (JsonGenerator json = Json.mapper().getFactory().createGenerator(out)) {
            write(json, decision);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Decision d) throws IOException {
        json.writeStartObject();
        json.writeNumberField("v", version(d));
        json.writeStringField("id", d.id());
        json.writeStringField("application", d.application());
        json.writeStringField("applicationVersion", d.applicationVersion());
        json.writeStringField("name", d.name());
        json.writeNumberField("decidedMicros", d.decidedMicros());
        question(json, d.question());
        features(json, d);
        json.writeFieldName("model");
        model(json, d.model());
        json.writeFieldName("score");
        score(json, d.score());
        json.writeStringField("outcome", d.outcome().label());
        confidence(json, d.confidence());
        reasons(json, d);
        verdicts(json, d);
        shadows(json, d);
        cost(json, d.cost());
        lineage(json, d.lineage());
        expectedCosts(json, d.expectedCosts());
        json.writeEndObject();
    }

    /** Left out if outcomes have no price, as in records of older releases. */
    private static void expectedCosts(JsonGenerator json, Map<String, Double> costs) throws IOException {
        if (costs.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("expectedCosts");
        for (Map.Entry<String, Double> cost : costs.entrySet()) {
            json.writeFieldName(cost.getKey());
            finite(json, cost.getValue());
        }
        json.writeEndObject();
    }

    private static int version(Decision d) {
        boolean twoClasses = d.score() instanceof Score.Binary
                && d.shadows().stream().allMatch(shadow -> shadow.score() instanceof Score.Binary);
        return twoClasses ? TWO_CLASSES : VERSION;
    }

    private static void question(JsonGenerator json, Question question) throws IOException {
        json.writeObjectFieldStart("question");
        json.writeStringField("key", question.key());
        if (question.subject() != null) {
            json.writeStringField("subject", question.subject());
        }
        json.writeNumberField("askedMicros", question.askedMicros());
        json.writeObjectFieldStart("input");
        for (Map.Entry<String, Object> field : question.input().entrySet()) {
            json.writeFieldName(field.getKey());
            value(json, field.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void features(JsonGenerator json, Decision d) throws IOException {
        json.writeArrayFieldStart("features");
        for (FeatureValue feature : d.features()) {
            json.writeStartArray();
            json.writeString(feature.name());
            value(json, feature.value());
            json.writeNumber(feature.ageMicros());
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Long integer -> json.writeNumber(integer);
            case Double number -> finite(json, number);
            case Boolean flag -> json.writeBoolean(flag);
            default -> throw new IllegalArgumentException(value.getClass() + " is not a value of a decision record");
        }
    }

    /** NaN, a missing number, is null; infinities are refused. */
    private static void finite(JsonGenerator json, double number) throws IOException {
        if (Double.isNaN(number)) {
            json.writeNull();
        } else if (Double.isInfinite(number)) {
            throw new IllegalArgumentException("an infinite number is not a value of a decision record");
        } else {
            json.writeNumber(number);
        }
    }

    private static void model(JsonGenerator json, ModelRef model) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", model.name());
        json.writeNumberField("version", model.version());
        json.writeStringField("digest", model.digest().hex());
        json.writeStringField("route", model.route().name());
        json.writeStringField("runtime", model.runtime());
        json.writeEndObject();
    }

    private static void score(JsonGenerator json, Score score) throws IOException {
        json.writeStartObject();
        switch (score) {
            case Score.Binary(double margin, double probability) -> {
                number(json, "margin", margin);
                number(json, "probability", probability);
            }
            case Score.Classes several -> {
                json.writeStringField("class", several.top());
                number(json, "margin", several.margin());
                number(json, "probability", several.probability());
                json.writeObjectFieldStart("classes");
                for (Map.Entry<String, Double> each : several.classes().entrySet()) {
                    number(json, each.getKey(), each.getValue());
                }
                json.writeEndObject();
            }
            case Score.Amount(double value, double spread, double low, double high) -> {
                number(json, "value", value);
                number(json, "spread", spread);
                number(json, "low", low);
                number(json, "high", high);
            }
        }
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        finite(json, value);
    }

    private static void confidence(JsonGenerator json, Confidence confidence) throws IOException {
        json.writeObjectFieldStart("confidence");
        number(json, "value", confidence.value());
        number(json, "threshold", confidence.threshold());
        json.writeNumberField("coverageTarget", confidence.coverageTarget());
        json.writeNumberField("setSize", confidence.setSize());
        json.writeEndObject();
    }

    private static void reasons(JsonGenerator json, Decision d) throws IOException {
        json.writeArrayFieldStart("reasons");
        for (Reason reason : d.reasons()) {
            json.writeStartObject();
            json.writeStringField("code", reason.code());
            json.writeStringField("feature", reason.feature());
            json.writeNumberField("contribution", reason.contribution());
            json.writeStringField("en", reason.english());
            json.writeStringField("zh", reason.chinese());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void verdicts(JsonGenerator json, Decision d) throws IOException {
        json.writeArrayFieldStart("verdicts");
        for (Verdict verdict : d.verdicts()) {
            json.writeStartObject();
            json.writeStringField("rule", verdict.rule());
            json.writeStringField("field", verdict.field());
            json.writeStringField("severity", verdict.severity().name());
            json.writeStringField("message", verdict.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void shadows(JsonGenerator json, Decision d) throws IOException {
        json.writeArrayFieldStart("shadows");
        for (ShadowScore shadow : d.shadows()) {
            json.writeStartObject();
            json.writeFieldName("model");
            model(json, shadow.model());
            json.writeFieldName("score");
            score(json, shadow.score());
            json.writeStringField("outcome", shadow.outcome().label());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void cost(JsonGenerator json, Cost cost) throws IOException {
        json.writeObjectFieldStart("cost");
        json.writeNumberField("micros", cost.micros());
        json.writeNumberField("tokens", cost.tokens());
        json.writeNumberField("currencyMicros", cost.currencyMicros());
        json.writeEndObject();
    }

    private static void lineage(JsonGenerator json, Lineage lineage) throws IOException {
        json.writeObjectFieldStart("lineage");
        json.writeObjectFieldStart("read");
        for (Map.Entry<StreamPartition, Long> entry : lineage.read().next().entrySet()) {
            json.writeNumberField(entry.getKey().toString(), entry.getValue());
        }
        json.writeEndObject();
        json.writeStringField("featuresVersion", lineage.featuresVersion().hex());
        json.writeBooleanField("cached", lineage.cached());
        json.writeEndObject();
    }
}
