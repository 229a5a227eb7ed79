package io.dougong.features;

import io.dougong.kernel.Digest;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A view compiled over its stream: where the entity stands in a row, which columns a pane has and where its fields go. */
final class ViewPlan {

    private static final String OPERATOR_VERSION = "features-1";

    private final FeatureView view;
    private final Schema schema;
    private final int[] entityPlaces;
    private final Condition.Test where;
    private final CellLayout layout;
    private final List<String> sketchFields;
    private final List<FieldCells> fieldCells;
    private final FieldCells[] cells;
    private final long keptPanes;
    private final long forgottenMicros;
    private final Digest version;
    private final int newestPlace;
    private final int eventsPlace;

    ViewPlan(FeatureView view, FeatureStream stream) {
        this.view = view;
        this.schema = stream.schema();
        this.entityPlaces = view.entity().stream().mapToInt(schema::place).toArray();
        this.where = Condition.Test.of(view.where().orElse(null), schema);
        view.aggregates().forEach(this::check);
        Set<Column> columns = new LinkedHashSet<>(List.of(Column.EVENTS, Column.NEWEST));
        view.aggregates().forEach(aggregate -> columns(aggregate).forEach(columns::add));
        this.layout = new CellLayout(columns);
        this.newestPlace = layout.place(Column.NEWEST);
        this.eventsPlace = layout.place(Column.EVENTS);
        this.sketchFields = view.aggregates().stream()
                .flatMap(a -> a instanceof Aggregate.Distinct(String field) ? Stream.of(field) : Stream.of())
                .toList();
        this.fieldCells = compileFields();
        this.cells = fieldCells.toArray(FieldCells[]::new);
        this.keptPanes = Windows.panes(view.longestWindow()) + Windows.panes(stream.lateness());
        this.forgottenMicros =
                Math.max(keptPanes * Windows.PANE_MICROS, Windows.panes(view.ttl()) * Windows.PANE_MICROS);
        this.version = version(stream);
    }

    private void check(Aggregate aggregate) {
        String name = fieldOf(aggregate);
        FieldType type = name.isEmpty() ? FieldType.INTEGER : schema.field(name).type();
        boolean fits = switch (aggregate) {
            case Aggregate.Count _, Aggregate.Distinct _ -> true;
            case Aggregate.Rate _ -> type == FieldType.BOOLEAN;
            default -> type != FieldType.STRING;
        };
        if (!fits) {
            throw FeatureProblem.bad(
                    "Feature view '" + view.name() + "' asks for " + aggregate.label() + ", but '" + name
                            + "' is of type " + type.label() + ".",
                    aggregate instanceof Aggregate.Rate
                            ? "A rate needs a boolean, e.g. a derived flag."
                            : "Text can be counted (distinct), not computed with.");
        }
    }

    static String fieldOf(Aggregate aggregate) {
        return switch (aggregate) {
            case Aggregate.Count() -> "";
            case Aggregate.Sum(String field) -> field;
            case Aggregate.Mean(String field) -> field;
            case Aggregate.Min(String field) -> field;
            case Aggregate.Max(String field) -> field;
            case Aggregate.StdDev(String field) -> field;
            case Aggregate.Rate(String field) -> field;
            case Aggregate.Distinct(String field) -> field;
            case Aggregate.Last(String field) -> field;
            case Aggregate.Decayed decayed -> decayed.field();
        };
    }

    private List<Column> columns(Aggregate aggregate) {
        String field = fieldOf(aggregate);
        List<Column> columns = new ArrayList<>();
        switch (aggregate) {
            case Aggregate.Count _, Aggregate.Distinct _ -> columns.add(Column.EVENTS);
            case Aggregate.Sum _, Aggregate.Mean _, Aggregate.Decayed _ ->
                columns.add(new Column(Column.Kind.SUM, field));
            case Aggregate.StdDev _ -> {
                columns.add(new Column(Column.Kind.SUM, field));
                columns.add(new Column(Column.Kind.SQUARES, field));
            }
            case Aggregate.Rate _ -> columns.add(new Column(Column.Kind.TRUE, field));
            case Aggregate.Min _ -> columns.add(new Column(Column.Kind.SMALLEST, field));
            case Aggregate.Max _ -> columns.add(new Column(Column.Kind.LARGEST, field));
            case Aggregate.Last _ -> columns.add(new Column(Column.Kind.LAST, field));
        }
        if (!field.isEmpty() && !schema.field(field).required()) {
            columns.add(new Column(Column.Kind.PRESENT, field));
            columns.add(new Column(Column.Kind.NEWEST_PRESENT, field));
        }
        return columns;
    }

    private List<FieldCells> compileFields() {
        Map<String, FieldCells> cells = new LinkedHashMap<>();
        for (Aggregate aggregate : view.aggregates()) {
            String field = fieldOf(aggregate);
            if (!field.isEmpty()) {
                cells.computeIfAbsent(
                        field, _ -> new FieldCells(schema.field(field), layout, sketchFields.indexOf(field)));
            }
        }
        return List.copyOf(cells.values());
    }

    /** Everything that decides what the cells hold: state of another version is of no use. */
    private Digest version(FeatureStream stream) {
        StringBuilder text = new StringBuilder(OPERATOR_VERSION + "\n" + view + "\n" + stream.lateness());
        List<String> used = new ArrayList<>(view.entity());
        fieldCells.forEach(cells -> used.add(cells.field()));
        view.where().ifPresent(condition -> used.add(condition.field()));
        for (String name : used) {
            Field field = schema.field(name);
            text.append("\n")
                    .append(name)
                    .append(' ')
                    .append(field.type())
                    .append(' ')
                    .append(field.required());
            if (!stream.derivation().input().has(name)) {
                text.append(' ').append(stream.derivation().derived());
            }
        }
        return Digest.of(text.toString());
    }

    FeatureView view() {
        return view;
    }

    Schema schema() {
        return schema;
    }

    int[] entityPlaces() {
        return entityPlaces;
    }

    Condition.Test where() {
        return where;
    }

    CellLayout layout() {
        return layout;
    }

    int newestPlace() {
        return newestPlace;
    }

    int eventsPlace() {
        return eventsPlace;
    }

    int sketchCount() {
        return sketchFields.size();
    }

    int sketchOf(String field) {
        return sketchFields.indexOf(field);
    }

    List<FieldCells> fieldCells() {
        return fieldCells;
    }

    /** The same for the hot path; not to be changed. */
    FieldCells[] cells() {
        return cells;
    }

    /** How many panes before the newest are kept. */
    long keptPanes() {
        return keptPanes;
    }

    /** An entity whose newest event is that much older than the newest of the view is forgotten. */
    long forgottenMicros() {
        return forgottenMicros;
    }

    Digest version() {
        return version;
    }
}
