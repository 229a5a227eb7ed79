package io.dougong.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.Json;
import io.dougong.kernel.Suggest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A JSON object in a body, read against its declared fields: what is unknown, missing or of another type is refused by name. */
final class Body {

    private final JsonNode json;

    private Body(JsonNode json) {
        this.json = json;
    }

    static Body read(byte[] bytes, List<BodyField> fields) {
        JsonNode json = Json.tree(bytes);
        if (!json.isObject()) {
            throw ServerProblem.notAnObject();
        }
        List<String> known = fields.stream().map(BodyField::name).toList();
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw ServerProblem.unknownField(name, Suggest.near(name, known));
            }
        });
        fields.forEach(field -> check(field, json.path(field.name())));
        return new Body(json);
    }

    private static void check(BodyField field, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            if (field.required()) {
                throw ServerProblem.missingField(field.name());
            }
        } else if (!fits(field.type(), value)) {
            throw ServerProblem.badField(field.name(), "is not " + words(field.type()), "");
        }
    }

    private static boolean fits(BodyField.Type type, JsonNode value) {
        return switch (type) {
            case TEXT -> value.isTextual();
            case INTEGER -> value.isIntegralNumber() && value.canConvertToLong();
            case NUMBER -> isFinite(value);
            case FLAG -> value.isBoolean();
            case SCALAR -> isScalar(value);
            case SCALARS -> value.isObject() && value.valueStream().allMatch(Body::isScalar);
            case TEXTS -> value.isArray() && value.valueStream().allMatch(JsonNode::isTextual);
            case OBJECT -> value.isObject();
        };
    }

    private static boolean isScalar(JsonNode value) {
        return value.isTextual() || value.isBoolean() || isFinite(value);
    }

    private static boolean isFinite(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.doubleValue());
    }

    private static String words(BodyField.Type type) {
        return switch (type) {
            case TEXT -> "a string";
            case INTEGER -> "a 64-bit integer";
            case NUMBER -> "a finite number";
            case FLAG -> "true or false";
            case SCALAR -> "a string, a finite number, true or false";
            case SCALARS -> "an object of strings, finite numbers, true or false";
            case TEXTS -> "an array of strings";
            case OBJECT -> "an object";
        };
    }

    private Optional<JsonNode> find(String name) {
        JsonNode value = json.path(name);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    private JsonNode needed(String name) {
        return find(name).orElseThrow(() -> ServerProblem.missingField(name));
    }

    String text(String name) {
        return needed(name).textValue();
    }

    Optional<String> textIfAny(String name) {
        return find(name).map(JsonNode::textValue);
    }

    Optional<Instant> instantIfAny(String name) {
        return textIfAny(name).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException malformed) {
                throw ServerProblem.badField(name, "is '" + text + "'", "Expected e.g. 2001-01-01T00:00:00Z.");
            }
        });
    }

    long integer(String name) {
        return needed(name).longValue();
    }

    Optional<Long> integerIfAny(String name) {
        return find(name).map(JsonNode::longValue);
    }

    Optional<Double> numberIfAny(String name) {
        return find(name).map(JsonNode::doubleValue);
    }

    boolean flag(String name) {
        return find(name).map(JsonNode::booleanValue).orElse(false);
    }

    Object scalar(String name) {
        return scalar(needed(name));
    }

    /** As JSON. */
    byte[] object(String name) {
        return Json.bytes(needed(name));
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        find(name).ifPresent(array -> array.forEach(text -> texts.add(text.textValue())));
        return texts;
    }

    Map<String, Object> scalars(String name) {
        Map<String, Object> scalars = new TreeMap<>();
        find(name).ifPresent(object -> object.properties().forEach(p -> scalars.put(p.getKey(), scalar(p.getValue()))));
        return scalars;
    }

    private static Object scalar(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isIntegralNumber() && value.canConvertToLong() ? (Object) value.longValue() : value.doubleValue();
    }
}
