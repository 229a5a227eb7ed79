package io.dougong.decisions;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.Digest;
import io.dougong.kernel.Json;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a decision record of any version that was ever released. */
public final class DecisionReader {

    private DecisionReader() {}

    public static Decision read(byte[] bytes) {
        try {
            JsonNode json = Json.tree(bytes);
            int version = needed(json, "v").asInt();
            if (version > DecisionCodec.VERSION) {
                throw DecisionProblem.unreadable(version, DecisionCodec.VERSION);
            }
            return decision(json);
        } catch (DecisionProblem known) {
            throw known;
        } catch (Problem | IllegalArgumentException malformed) {
            throw DecisionProblem.corrupt(String.valueOf(malformed.getMessage()));
        }
    }

    private static Decision decision(JsonNode json) {
        return new Decision(
                text(json, "id"),
                text(json, "application"),
                text(json, "applicationVersion"),
                text(json, "name"),
                needed(json, "decidedMicros").asLong(),
                question(needed(json, "question")),
                each(json, "features", DecisionReader::feature),
                model(needed(json, "model")),
                score(needed(json, "score")),
                new Outcome(text(json, "outcome")),
                confidence(needed(json, "confidence")),
                each(json, "reasons", DecisionReader::reason),
                each(json, "verdicts", DecisionReader::verdict),
                each(json, "shadows", DecisionReader::shadow),
                cost(needed(json, "cost")),
                lineage(needed(json, "lineage")),
                expectedCosts(json));
    }

    private static Map<String, Double> expectedCosts(JsonNode json) {
        Map<String, Double> costs = new TreeMap<>();
        json.path("expectedCosts")
                .properties()
                .forEach(cost -> costs.put(cost.getKey(), cost.getValue().asDouble()));
        return costs;
    }

    private static Question question(JsonNode json) {
        Map<String, Object> input = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : needed(json, "input").properties()) {
            Object value = value(field.getValue());
            if (value != null) {
                input.put(field.getKey(), value);
            }
        }
        JsonNode subject = json.get("subject");
        return new Question(
                text(json, "key"),
                subject == null ? null : subject.asText(),
                needed(json, "askedMicros").asLong(),
                input);
    }

    private static FeatureValue feature(JsonNode json) {
        return new FeatureValue(
                json.get(0).asText(), value(json.get(1)), json.get(2).asLong());
    }

    private static @Nullable Object value(JsonNode json) {
        return switch (json.getNodeType()) {
            case NULL -> null;
            case STRING -> json.asText();
            case BOOLEAN -> json.asBoolean();
            case NUMBER -> json.isIntegralNumber() ? (Object) json.asLong() : (Object) json.asDouble();
            default -> throw new IllegalArgumentException("a value is " + json.getNodeType());
        };
    }

    private static ModelRef model(JsonNode json) {
        return new ModelRef(
                text(json, "name"),
                needed(json, "version").asInt(),
                new Digest(text(json, "digest")),
                Route.valueOf(text(json, "route")),
                text(json, "runtime"));
    }

    /** A score of version 1 is of two classes; the properties of one of version 2 tell its shape. */
    private static Score score(JsonNode json) {
        if (json.has("classes")) {
            return new Score.Classes(text(json, "class"), number(json, "margin"), classes(needed(json, "classes")));
        }
        if (json.has("spread")) {
            return new Score.Amount(
                    number(json, "value"), number(json, "spread"), number(json, "low"), number(json, "high"));
        }
        return new Score.Binary(number(json, "margin"), number(json, "probability"));
    }

    private static Map<String, Double> classes(JsonNode json) {
        Map<String, Double> classes = new TreeMap<>();
        json.properties().forEach(each -> classes.put(each.getKey(), number(json, each.getKey())));
        return classes;
    }

    private static Confidence confidence(JsonNode json) {
        return new Confidence(
                number(json, "value"),
                number(json, "threshold"),
                number(json, "coverageTarget"),
                needed(json, "setSize").asInt());
    }

    private static Reason reason(JsonNode json) {
        return new Reason(
                text(json, "code"),
                text(json, "feature"),
                number(json, "contribution"),
                text(json, "en"),
                text(json, "zh"));
    }

    private static Verdict verdict(JsonNode json) {
        return new Verdict(
                text(json, "rule"),
                text(json, "field"),
                Verdict.Severity.valueOf(text(json, "severity")),
                text(json, "message"));
    }

    private static ShadowScore shadow(JsonNode json) {
        return new ShadowScore(
                model(needed(json, "model")), score(needed(json, "score")), new Outcome(text(json, "outcome")));
    }

    private static Cost cost(JsonNode json) {
        return new Cost(
                needed(json, "micros").asLong(),
                needed(json, "tokens").asLong(),
                needed(json, "currencyMicros").asLong());
    }

    private static Lineage lineage(JsonNode json) {
        Map<String, Long> read = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : needed(json, "read").properties()) {
            read.put(entry.getKey(), entry.getValue().asLong());
        }
        return new Lineage(
                Offsets.parse(read),
                new Digest(text(json, "featuresVersion")),
                needed(json, "cached").asBoolean());
    }

    private static <T> List<T> each(JsonNode json, String name, Function<JsonNode, T> read) {
        List<T> list = new ArrayList<>();
        for (JsonNode element : needed(json, name)) {
            list.add(read.apply(element));
        }
        return list;
    }

    private static double number(JsonNode json, String name) {
        JsonNode number = needed(json, name);
        return number.isNull() ? Double.NaN : number.asDouble();
    }

    private static String text(JsonNode json, String name) {
        return needed(json, name).asText();
    }

    private static JsonNode needed(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null) {
            throw DecisionProblem.corrupt("'" + name + "' is missing");
        }
        return value;
    }
}
