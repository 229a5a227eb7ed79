package io.dougong.documents;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a {@link Shape} as JSON Schema, draft 2020-12. */
public final class JsonSchema {

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private JsonSchema() {}

    public static Map<String, Object> document(String id, String title, Shape shape) {
        Map<String, Object> schema = Plain.map("$schema", DIALECT, "$id", id, "title", title);
        schema.putAll(of(shape));
        return schema;
    }

    /** @param definitions the shapes that hold themselves */
    public static Map<String, Object> document(String id, String title, Shape shape, List<Shape.Lazy> definitions) {
        Map<String, Object> schema = document(id, title, shape);
        Map<String, Object> defined = new LinkedHashMap<>();
        definitions.forEach(definition ->
                defined.put(definition.name(), of(definition.shape().get())));
        schema.put("$defs", defined);
        return schema;
    }

    public static Map<String, Object> of(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> Plain.map("type", "string", "pattern", text.pattern());
            case Shape.Choice choice -> Plain.map("type", "string", "enum", choice.words());
            case Shape.Whole whole -> Plain.map("type", "integer", "minimum", whole.least(), "maximum", whole.most());
            case Shape.Decimal decimal -> decimal(decimal);
            case Shape.Toggle _ -> Plain.map("type", "boolean");
            case Shape.Constant _ -> Plain.map("type", List.of("string", "number", "boolean"));
            case Shape.Any _ -> new LinkedHashMap<>();
            case Shape.Lazy lazy -> Plain.map("$ref", "#/$defs/" + lazy.name());
            case Shape.Items items ->
                Plain.map(
                        "type",
                        "array",
                        "items",
                        of(items.item()),
                        "minItems",
                        items.least(),
                        "maxItems",
                        items.most());
            case Shape.Named named -> named(named);
            case Shape.Keys keys -> keys(keys);
            case Shape.Tagged tagged -> Plain.map("type", "object", "oneOf", variants(tagged));
            case Shape.Either either -> Plain.map("anyOf", List.of(of(either.brief()), of(either.full())));
        };
    }

    private static Map<String, Object> decimal(Shape.Decimal shape) {
        if (shape.equals(Shape.Decimal.ANY)) {
            return Plain.map("type", "number");
        }
        return Plain.map(
                "type",
                "number",
                shape.aboveLeast() ? "exclusiveMinimum" : "minimum",
                Plain.number(shape.least()),
                shape.belowMost() ? "exclusiveMaximum" : "maximum",
                Plain.number(shape.most()));
    }

    private static Map<String, Object> named(Shape.Named shape) {
        return Plain.map(
                "type", "object",
                "propertyNames", Plain.map("pattern", shape.name().pattern()),
                "additionalProperties", of(shape.value()),
                "minProperties", shape.least(),
                "maxProperties", shape.most());
    }

    private static Map<String, Object> keys(Shape.Keys shape) {
        Map<String, Object> properties = new LinkedHashMap<>();
        shape.properties().forEach(property -> properties.put(property.key(), property(property)));
        List<String> required = shape.properties().stream()
                .filter(Shape.Property::required)
                .map(Shape.Property::key)
                .toList();
        return Plain.map(
                "type",
                "object",
                "properties",
                properties,
                "required",
                required.isEmpty() ? null : required,
                "additionalProperties",
                false);
    }

    private static Map<String, Object> property(Shape.Property property) {
        Map<String, Object> schema = Plain.map("description", property.description());
        schema.putAll(of(property.shape()));
        property.fallback().ifPresent(value -> schema.put("default", value));
        return schema;
    }

    private static List<Map<String, Object>> variants(Shape.Tagged shape) {
        return shape.variants().stream()
                .map(variant -> {
                    Map<String, Object> schema = Plain.map("title", variant.tag());
                    schema.putAll(keys(variant.keys()));
                    return schema;
                })
                .toList();
    }
}
