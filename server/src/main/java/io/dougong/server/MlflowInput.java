package io.dougong.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.kernel.Json;
import io.dougong.tracking.Lifecycle;
import io.dougong.tracking.Search;
import io.dougong.tracking.TrackingProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an MLflow client sends, as protobuf's JSON mapping has it: a body, or the query where there is none. Whole numbers may come
 * as texts, numbers that are none as {@code "NaN"}; fields that are not known are left alone, as newer clients send more.
 */
final class MlflowInput {

    private final JsonNode json;

    private MlflowInput(JsonNode json) {
        this.json = json;
    }

    static MlflowInput of(Call call) {
        if (call.bytes().length == 0) {
            return new MlflowInput(query(call));
        }
        JsonNode json = Json.tree(call.bytes());
        if (!json.isObject()) {
            throw ServerProblem.notAnObject();
        }
        return new MlflowInput(json);
    }

    private static JsonNode query(Call call) {
        ObjectNode object = Json.mapper().createObjectNode();
        for (String name : call.parameters().names()) {
            ArrayNode values = object.putArray(name);
            call.parameters().getAll(name).forEach(values::add);
        }
        return object;
    }

    /** A parameter of the query is a list, which for a plain field has one value. */
    private JsonNode field(String name) {
        JsonNode value = json.path(name);
        return value.isArray() && value.size() == 1 ? value.get(0) : value;
    }

    Optional<String> textIfAny(String name) {
        JsonNode value = field(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isValueNode()) {
            throw TrackingProblem.badValue(name, value.toString(), "a text");
        }
        return Optional.of(value.asText());
    }

    String text(String name) {
        return textIfAny(name).filter(text -> !text.isEmpty()).orElseThrow(() -> TrackingProblem.missing(name));
    }

    String textOr(String name, String otherwise) {
        return textIfAny(name).orElse(otherwise);
    }

    /** The run that is meant; old clients name it {@code run_uuid}. */
    String runId() {
        return textIfAny("run_id")
                .filter(id -> !id.isEmpty())
                .or(() -> textIfAny("run_uuid"))
                .orElseThrow(() -> TrackingProblem.missing("run_id"));
    }

    Optional<Long> wholeIfAny(String name) {
        return textIfAny(name).map(text -> {
            try {
                return text.contains(".") ? (long) Double.parseDouble(text) : Long.parseLong(text);
            } catch (NumberFormatException malformed) {
                throw TrackingProblem.badValue(name, text, "a whole number");
            }
        });
    }

    long whole(String name, long otherwise) {
        return wholeIfAny(name).orElse(otherwise);
    }

    int count(String name, int otherwise) {
        return Math.clamp(whole(name, otherwise), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    double number(String name) {
        String text = text(name);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException malformed) {
            throw TrackingProblem.badValue(name, text, "a number");
        }
    }

    boolean flag(String name) {
        return textIfAny(name).map("true"::equalsIgnoreCase).orElse(false);
    }

    <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> kind) {
        return textIfAny(name).filter(text -> !text.isEmpty()).map(text -> {
            for (E one : kind.getEnumConstants()) {
                if (one.name().equals(text.toUpperCase(Locale.ROOT))) {
                    return one;
                }
            }
            throw TrackingProblem.badValue(name, text, "one of " + List.of(kind.getEnumConstants()));
        });
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        JsonNode value = json.path(name);
        if (value.isArray()) {
            value.forEach(text -> texts.add(text.asText()));
        } else {
            textIfAny(name).ifPresent(texts::add);
        }
        return texts;
    }

    MlflowInput inner(String name) {
        return new MlflowInput(field(name));
    }

    <T> List<T> list(String name, Function<MlflowInput, T> reader) {
        JsonNode array = json.path(name);
        if (!array.isMissingNode() && !array.isNull() && !array.isArray()) {
            throw TrackingProblem.badValue(name, array.toString(), "an array");
        }
        List<T> items = new ArrayList<>();
        array.forEach(item -> items.add(reader.apply(new MlflowInput(item))));
        return items;
    }

    /** A list of keys with values; the last one of a key counts. */
    Map<String, String> tags(String name) {
        return list(name, tag -> Map.entry(tag.text("key"), tag.textOr("value", ""))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (_, last) -> last, TreeMap::new));
    }

    Search search(String viewField, int otherwise) {
        return new Search(
                textOr("filter", ""),
                texts("order_by"),
                oneOf(viewField, Lifecycle.View.class).orElse(Lifecycle.View.ACTIVE_ONLY),
                count("max_results", otherwise),
                textOr("page_token", ""));
    }
}
