package io.dougong.manifest;

import io.dougong.documents.Durations;
import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.documents.Section;
import io.dougong.features.FeatureView;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Suggest;
import io.dougong.learn.Gate;
import io.dougong.learn.LabelDefinition;
import io.dougong.learn.ModelDefinition;
import io.dougong.learn.ModelDefinition.Calibration;
import io.dougong.learn.TimeSplit;
import io.dougong.models.Task;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads a model, and checks it against its streams and the views whose features it takes. */
final class ModelReader {

    private static final Set<FieldType> ANY = EnumSet.allOf(FieldType.class);
    private static final Set<FieldType> INPUTS = EnumSet.complementOf(EnumSet.of(FieldType.TIMESTAMP));

    private final Section<ApplicationStream> streams;
    private final Section<FeatureView> views;
    private final Faults faults;

    ModelReader(Section<ApplicationStream> streams, Section<FeatureView> views, Faults faults) {
        this.streams = streams;
        this.views = views;
        this.faults = faults;
    }

    Optional<ModelDefinition> read(String name, Node.Entries map) {
        Optional<ApplicationStream> asking = streams.resolve(map.text("on"), Node.child(map.path(), "on"));
        boolean known = checkLabel(map, asking);
        asking.ifPresent(stream -> checkFeatures(map, stream));
        checkSplit(map);
        if (asking.isEmpty() || !known || !viewsAreKnown(map) || faults.under(map.path())) {
            return Optional.empty();
        }
        checkGates(map);
        Node.Entries label = map.map("label");
        return Optional.of(new ModelDefinition(
                name,
                map.text("on"),
                Trainers.read(map.map("trainer")),
                new LabelDefinition(label.text("stream"), label.text("key"), label.text("value"), task(map)),
                map.texts("features"),
                split(map.map("split")),
                Calibration.valueOf(map.text("calibration").toUpperCase(Locale.ROOT)),
                map.items("gates").stream().map(Trainers::gate).toList(),
                (long) map.decimal("seed"),
                WeightingGrammar.read(map)));
    }

    private static TimeSplit split(Node.Entries map) {
        return new TimeSplit(
                map.decimal("train"),
                map.decimal("calibrate"),
                map.textIfAny("history").map(Durations::read).orElse(null));
    }

    /** False if a view that the model takes features from is missing or has a mistake of its own. */
    private boolean viewsAreKnown(Node.Entries map) {
        return map.texts("features").stream()
                .filter(reference -> reference.contains("."))
                .allMatch(reference -> views.find(reference.substring(0, reference.indexOf('.')))
                        .isPresent());
    }

    /** False if the stream that brings the label is missing or has a mistake of its own. */
    private boolean checkLabel(Node.Entries map, Optional<ApplicationStream> asking) {
        Node.Entries label = map.map("label");
        Optional<Columns> brought = streams.resolve(label.text("stream"), Node.child(label.path(), "stream"))
                .map(Columns::of);
        brought.ifPresent(columns -> {
            columns.resolve(
                    label.text("value"), Node.child(label.path(), "value"), LabelDefinition.types(task(map)), faults);
            Set<FieldType> keys = asking.map(stream -> Set.of(keyType(stream))).orElse(ANY);
            columns.resolve(label.text("key"), Node.child(label.path(), "key"), keys, faults);
        });
        return brought.isPresent();
    }

    private static Task task(Node.Entries map) {
        return Task.valueOf(map.text("task").toUpperCase(Locale.ROOT));
    }

    private static FieldType keyType(ApplicationStream stream) {
        return stream.definition().schema().field(stream.definition().key()).type();
    }

    private void checkFeatures(Node.Entries map, ApplicationStream asking) {
        Columns columns = Columns.of(asking);
        Set<String> taken = new HashSet<>();
        for (Node item : map.items("features")) {
            checkFeature(item, columns, map.map("label"), asking.name()).stream()
                    .filter(Predicate.not(taken::add))
                    .findFirst()
                    .ifPresent(again -> faults.atValue(
                            item.path(), "Feature '" + again + "' is in the list already.", "Keep one of the two."));
        }
        checkMonotone(map, taken);
        map.find("weighting").map(Node::map).ifPresent(weighting -> checkWeighting(weighting, columns, taken));
    }

    /** The names that an item of the list stands for, as far as they are known. */
    private List<String> checkFeature(Node item, Columns columns, Node.Entries label, String stream) {
        String reference = Node.text(item);
        int dot = reference.indexOf('.');
        if (dot >= 0) {
            return views.resolve(reference.substring(0, dot), item.path())
                    .map(view -> checkViewFeature(item, view, reference.substring(dot + 1), columns))
                    .orElse(List.of());
        }
        if (label.text("stream").equals(stream) && label.text("value").equals(reference)) {
            faults.atValue(
                    item.path(),
                    "'" + reference + "' is the label itself.",
                    "A model that sees the answer learns nothing.");
        }
        boolean isTime = columns.find(reference)
                .filter(field -> field.type() == FieldType.TIMESTAMP)
                .isPresent();
        if (isTime) {
            faults.atValue(
                    item.path(),
                    "Field '" + reference + "' is a timestamp, which no model takes.",
                    "Derive hour_of_day, day_of_week or minute_slot from it.");
            return List.of();
        }
        return columns.resolve(reference, item.path(), INPUTS, faults)
                .map(_ -> List.of(reference))
                .orElse(List.of());
    }

    private List<String> checkViewFeature(Node item, FeatureView view, String wanted, Columns asking) {
        Columns summed = streams.find(view.stream()).map(Columns::of).orElse(Columns.NONE);
        List<String> names =
                ModelFeatures.ofView(view, wanted).map(ModelFeature::name).toList();
        if (names.isEmpty()) {
            List<String> known = view.featureNames().stream()
                    .map(name -> name.substring(name.indexOf('.') + 1))
                    .toList();
            faults.atValue(
                    item.path(),
                    "View '" + view.name() + "' has no feature '" + wanted + "'.",
                    Suggest.near(wanted, known));
        }
        view.entity().forEach(field -> checkEntity(item, view, field, summed, asking));
        return names;
    }

    private void checkEntity(Node item, FeatureView view, String field, Columns summed, Columns asking) {
        Optional<Field> asked = asking.find(field);
        Optional<Field> kept = summed.find(field);
        if (asked.isEmpty()) {
            faults.atValue(
                    item.path(),
                    "View '" + view.name() + "' is kept by '" + field + "', which the asking stream does not have.",
                    "Add the field to the stream, or derive it there.");
        } else if (kept.isPresent() && kept.get().type() != asked.get().type()) {
            faults.atValue(
                    item.path(),
                    "View '" + view.name() + "' is kept by '" + field + "' of type "
                            + kept.get().type().label() + ", which is of type "
                            + asked.get().type().label() + " in the asking stream.",
                    "");
        }
    }

    private void checkWeighting(Node.Entries weighting, Columns columns, Set<String> features) {
        weighting.find("reweigh").map(Node::map).ifPresent(reweigh -> {
            Set<FieldType> types = reweigh.has("up_to")
                    ? Set.of(FieldType.INTEGER, FieldType.NUMBER)
                    : Set.of(FieldType.STRING, FieldType.BOOLEAN);
            String path = Node.child(reweigh.path(), "by");
            columns.resolve(reweigh.text("by"), path, types, faults);
            if (features.contains(reweigh.text("by"))) {
                faults.atValue(
                        path,
                        "'" + reweigh.text("by") + "' is a feature of this model.",
                        "A model that sees the group can undo the weights; leave it out of the features.");
            }
        });
    }

    private void checkMonotone(Node.Entries map, Set<String> taken) {
        Node.Entries trainer = map.map("trainer");
        String kind = trainer.has("tuned") ? "tuned" : "xgboost";
        if (!trainer.has(kind) || faults.under(Node.child(map.path(), "features"))) {
            return;
        }
        boolean complete = viewsAreKnown(map);
        trainer.map(kind).map("monotone").entries().forEach((feature, entry) -> {
            if (complete && !taken.contains(feature)) {
                faults.atKey(
                        entry.node().path(),
                        "'" + feature + "' is not a feature of this model.",
                        Suggest.near(feature, taken));
            }
        });
    }

    /** A gate on what is never measured could never be passed. What else stands in the document does not depend on it. */
    private void checkGates(Node.Entries map) {
        Task task = task(map);
        Set<Gate.Metric> measured = Gate.Metric.of(task);
        for (Node item : map.items("gates")) {
            Gate gate = Trainers.gate(item);
            if (!measured.contains(gate.metric())) {
                faults.atValue(
                        item.path(),
                        "A gate on " + gate.metric().label() + " does not fit task '" + Grammar.word(task)
                                + "', which does not measure it.",
                        "It measures "
                                + String.join(
                                        ", ",
                                        measured.stream()
                                                .map(Gate.Metric::label)
                                                .toList()) + ".");
            }
        }
        if (task != Task.BINARY && map.has("weighting")) {
            faults.atKey(
                    Node.child(map.path(), "weighting"),
                    "Rows are weighed for labels of two classes only, and task is '" + Grammar.word(task) + "'.",
                    "Leave 'weighting' out.");
        }
    }

    private void checkSplit(Node.Entries map) {
        Node.Entries split = map.map("split");
        double rest = 1 - split.decimal("train") - split.decimal("calibrate");
        if (!(rest > 0)) {
            faults.atValue(
                    split.path(),
                    "train and calibrate leave nothing to test.",
                    "Their sum must be below 1, e.g. train: 0.7, calibrate: 0.15.");
        } else if (split.decimal("calibrate") == 0 && !map.text("calibration").equals(Grammar.word(Calibration.NONE))) {
            faults.atValue(
                    split.path(),
                    "calibrate is 0, but the calibration '" + map.text("calibration") + "' needs rows.",
                    "Give it a share, or write calibration: none.");
        }
    }
}
