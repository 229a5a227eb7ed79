package io.dougong.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of a stream or table, in order; a field's place is its column in every {@link Row}. */
public final class Schema {

    private final List<Field> fields;
    private final Map<String, Integer> places;

    private Schema(List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.places = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            if (places.put(fields.get(i).name(), i) != null) {
                throw new InvalidValue(
                        "duplicate-field", "Field '" + fields.get(i).name() + "' is declared twice.", "");
            }
        }
    }

    public static Schema of(List<Field> fields) {
        return new Schema(fields);
    }

    public static Schema of(Field... fields) {
        return new Schema(List.of(fields));
    }

    public List<Field> fields() {
        return fields;
    }

    public int size() {
        return fields.size();
    }

    public Field field(int place) {
        return fields.get(place);
    }

    public boolean has(String name) {
        return places.containsKey(name);
    }

    /** The column of the named field. */
    public int place(String name) {
        Integer place = places.get(name);
        if (place == null) {
            throw new InvalidValue(
                    "unknown-field", "There is no field '" + name + "'.", Suggest.near(name, places.keySet()));
        }
        return place;
    }

    public Field field(String name) {
        return fields.get(place(name));
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schema that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return "Schema" + names();
    }
}
