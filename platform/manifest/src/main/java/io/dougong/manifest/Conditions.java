package io.dougong.manifest;

import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.documents.Plain;
import io.dougong.documents.Shape;
import io.dougong.features.Comparison;
import io.dougong.features.Condition;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Comparisons of a field with a constant, e.g. {@code { field: delay, above: 15 }}, between their YAML form and {@link Condition}. */
final class Conditions {

    private static final Set<FieldType> ANY = EnumSet.allOf(FieldType.class);

    private Conditions() {}

    /** One form for each comparison, all marked by the same key, which names the field. */
    static List<Shape.Variant> variants(Shape.Property field) {
        return Arrays.stream(Comparison.values())
                .map(comparison -> Shape.Variant.of(
                        field,
                        Shape.Property.required(
                                Grammar.word(comparison), new Shape.Constant(), "What the field is compared with.")))
                .toList();
    }

    static Condition read(Node.Entries map, String fieldKey) {
        String word = comparison(map);
        return new Condition(map.text(fieldKey), Comparison.valueOf(word.toUpperCase(Locale.ROOT)), map.constant(word));
    }

    /** Reports a field that is unknown, and a constant that its type cannot be compared with; true if there is neither. */
    static boolean check(Node.Entries map, String fieldKey, Columns columns, Faults faults) {
        String word = comparison(map);
        Optional<Field> field = columns.resolve(map.text(fieldKey), Node.child(map.path(), fieldKey), ANY, faults);
        boolean fits = field.filter(found -> comparable(found.type(), map.constant(word)))
                .isPresent();
        if (field.isPresent() && !fits) {
            faults.atValue(
                    Node.child(map.path(), word),
                    "Field '" + field.get().name() + "' is of type "
                            + field.get().type().label() + " and cannot be compared with '" + map.constant(word) + "'.",
                    "Maybe the constant needs quotes, or must lose them.");
        }
        return fits;
    }

    private static boolean comparable(FieldType type, Object constant) {
        return switch (constant) {
            case String _ -> type == FieldType.STRING;
            case Boolean _ -> type == FieldType.BOOLEAN;
            default -> type != FieldType.STRING && type != FieldType.BOOLEAN;
        };
    }

    private static String comparison(Node.Entries map) {
        return Grammar.words(Comparison.values()).stream()
                .filter(map::has)
                .findFirst()
                .orElseThrow();
    }

    static Map<String, Object> plain(String fieldKey, String field, Comparison comparison, Object constant) {
        Object value = constant instanceof Number number ? Plain.number(number.doubleValue()) : constant;
        return Plain.map(fieldKey, field, Grammar.word(comparison), value);
    }
}
