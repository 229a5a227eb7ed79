package io.dougong.manifest;

import io.dougong.documents.Durations;
import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.documents.Section;
import io.dougong.kernel.FieldType;
import io.dougong.learn.ModelDefinition;
import io.dougong.operate.HealingDefinition;
import io.dougong.operate.MonitorsDefinition;
import io.dougong.operate.Reading;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads how an application is watched and healed. */
final class OperateReader {

    private final Section<ApplicationStream> streams;
    private final Section<ModelDefinition> models;
    private final Faults faults;

    OperateReader(Section<ApplicationStream> streams, Section<ModelDefinition> models, Faults faults) {
        this.streams = streams;
        this.models = models;
        this.faults = faults;
    }

    MonitorsDefinition monitors(Optional<Node> found) {
        if (found.isEmpty() || faults.under("monitors")) {
            return MonitorsDefinition.USUAL;
        }
        Node.Entries map = Node.map(found.get());
        Map<String, List<String>> groups = new TreeMap<>();
        map.map("groups").entries().forEach((stream, entry) -> {
            groups.put(stream, map.map("groups").texts(stream));
            resolve(stream, entry);
            streams.find(stream)
                    .ifPresent(known -> checkGroups(known, map.map("groups").items(stream)));
        });
        return new MonitorsDefinition(
                Durations.read(map.text("window")),
                Durations.read(map.text("false_alarm_every")),
                Durations.read(map.text("latency_objective")),
                groups);
    }

    private void resolve(String stream, Node.Entry entry) {
        streams.resolve(stream, entry.node().path());
    }

    private void checkGroups(ApplicationStream stream, List<Node> fields) {
        for (Node field : fields) {
            Columns.of(stream).resolve(Node.text(field), field.path(), Set.of(FieldType.STRING), faults);
        }
    }

    Optional<HealingDefinition> healing(String model, Node.Entries map) {
        models.resolve(model, map.path());
        String fallBack = map.textIfAny("fall_back").orElse(null);
        if (fallBack != null) {
            checkFallBack(model, fallBack, Node.child(map.path(), "fall_back"));
        }
        return Optional.of(new HealingDefinition(
                model,
                map.texts("on").stream()
                        .map(kind -> Reading.Kind.valueOf(kind.toUpperCase(Locale.ROOT)))
                        .toList(),
                millis(map, "training_delay"),
                millis(map, "shadow"),
                map.decimal("canary_share"),
                millis(map, "canary"),
                millis(map, "probation"),
                millis(map, "cool_down"),
                fallBack,
                map.flag("approval")));
    }

    private void checkFallBack(String model, String fallBack, String path) {
        Optional<ModelDefinition> other = models.resolve(fallBack, path);
        if (fallBack.equals(model)) {
            faults.atValue(path, "A model cannot fall back to itself.", "Name a model that reads less.");
        }
        other.filter(found -> models.find(model)
                        .filter(own -> !own.stream().equals(found.stream()))
                        .isPresent())
                .ifPresent(found -> faults.atValue(
                        path,
                        "Model '" + fallBack + "' is asked about stream '" + found.stream() + "', not about that of '"
                                + model + "'.",
                        "Both must be 'on' the same stream."));
    }

    private static long millis(Node.Entries map, String key) {
        return Durations.read(map.text(key)).toMillis();
    }
}
