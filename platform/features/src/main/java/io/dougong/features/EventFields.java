package io.dougong.features;

import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The fields of an event that the views of its stream compute with, converted once for all of them. Used by one thread. */
final class EventFields {

    private final List<String> names;
    private final Field[] fields;
    private final int[] places;
    private final boolean[] present;
    private final long[] fixed;
    private final long[] ordered;
    private final long[] hashes;

    EventFields(Schema schema, Collection<ViewPlan> plans) {
        Set<String> used = new LinkedHashSet<>();
        plans.forEach(plan -> plan.fieldCells().forEach(cells -> used.add(cells.field())));
        this.names = List.copyOf(used);
        this.fields = names.stream().map(schema::field).toArray(Field[]::new);
        this.places = names.stream().mapToInt(schema::place).toArray();
        this.present = new boolean[places.length];
        this.fixed = new long[places.length];
        this.ordered = new long[places.length];
        this.hashes = new long[places.length];
    }

    int place(String field) {
        return names.indexOf(field);
    }

    /** Converts the row's fields; returns whether all of them can be computed with. */
    boolean read(Row row) {
        for (int i = 0; i < places.length; i++) {
            Object value = row.get(places[i]);
            present[i] = value != null;
            if (value == null ? fields[i].required() : !convert(i, value)) {
                return false;
            }
        }
        return true;
    }

    private boolean convert(int i, Object value) {
        if (fields[i].type() != FieldType.STRING) {
            double number = value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).doubleValue();
            ordered[i] = FixedPoint.ordered(number);
            if (value instanceof Double && !FixedPoint.fits(number)) {
                return false;
            }
            fixed[i] = value instanceof Double ? FixedPoint.of(number) : value instanceof Long l ? l : (long) number;
        }
        hashes[i] = Sketch.hash(value);
        return true;
    }

    boolean present(int place) {
        return present[place];
    }

    long fixed(int place) {
        return fixed[place];
    }

    long ordered(int place) {
        return ordered[place];
    }

    long hash(int place) {
        return hashes[place];
    }
}
