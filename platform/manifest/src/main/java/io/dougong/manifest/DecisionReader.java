package io.dougong.manifest;

import io.dougong.documents.Durations;
import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.documents.Section;
import io.dougong.features.FeatureView;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Suggest;
import io.dougong.learn.ModelDefinition;
import io.dougong.models.Task;
import io.dougong.review.ReviewPolicy;
import io.dougong.serving.DecisionDefinition;
import io.dougong.serving.DecisionDefinition.Abstention;
import io.dougong.serving.DecisionDefinition.Words;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a decision, and checks it against the stream that asks and the models that answer. */
final class DecisionReader {

    private final Section<ApplicationStream> streams;
    private final Section<FeatureView> views;
    private final Section<ModelDefinition> models;
    private final Faults faults;

    DecisionReader(
            Section<ApplicationStream> streams,
            Section<FeatureView> views,
            Section<ModelDefinition> models,
            Faults faults) {
        this.streams = streams;
        this.views = views;
        this.models = models;
        this.faults = faults;
    }

    Optional<DecisionDefinition> read(String name, Node.Entries map) {
        Outcomes outcomes = new Outcomes(map.items("outcomes"), faults);
        streams.resolve(map.text("on"), Node.child(map.path(), "on")).ifPresent(stream -> {
            checkSubject(map, Columns.of(stream));
            new StakesReader(Columns.of(stream), outcomes.bands(), faults).check(map);
        });
        Optional<ModelDefinition> model = checkModel(map, map.text("model"), Node.child(map.path(), "model"));
        outcomes.check(model.map(answering -> answering.label().task()));
        model.ifPresent(answering -> checkAgainst(answering, map));
        checkShadows(map);
        if (faults.under(map.path())) {
            return Optional.empty();
        }
        return Optional.of(new DecisionDefinition(
                name,
                map.text("on"),
                map.textIfAny("subject").orElse(null),
                map.text("model"),
                outcomes.bands(),
                map.find("abstain")
                        .map(Node::map)
                        .map(DecisionReader::abstention)
                        .orElse(null),
                map.whole("reasons"),
                map.texts("shadows"),
                map.textIfAny("max_age").map(Durations::read).orElse(null),
                map.whole("cache"),
                map.find("review").map(Node::map).map(DecisionReader::review).orElse(null),
                words(map.map("words")),
                StakesReader.read(map)));
    }

    private static Abstention abstention(Node.Entries map) {
        return new Abstention(
                map.decimal("coverage"),
                map.decimal("rate"),
                map.find("widest").map(Node::decimal).orElse(null));
    }

    private static ReviewPolicy review(Node.Entries map) {
        return new ReviewPolicy(Durations.read(map.text("due")), map.flag("four_eyes"), map.flag("teaches"));
    }

    private static Map<String, Words> words(Node.Entries map) {
        Map<String, Words> words = new HashMap<>();
        map.entries()
                .forEach((feature, entry) -> words.put(
                        feature,
                        new Words(
                                Node.map(entry.node()).text("en"),
                                Node.map(entry.node()).text("zh"))));
        return words;
    }

    private void checkSubject(Node.Entries map, Columns columns) {
        String path = Node.child(map.path(), "subject");
        map.textIfAny("subject").ifPresent(subject -> columns.resolve(subject, path, Set.of(FieldType.STRING), faults));
        if (!map.has("subject") && columns.anyPersonal()) {
            faults.atKey(
                    map.path(),
                    "Stream '" + map.text("on") + "' has personal fields, but the decision names no subject.",
                    "Add 'subject': the field whose value names the person; its key seals them.");
        }
    }

    /** A model that answers this decision's question; reports one that is asked about another stream. */
    private Optional<ModelDefinition> checkModel(Node.Entries map, String name, String path) {
        Optional<ModelDefinition> model = models.resolve(name, path);
        model.filter(found -> !found.stream().equals(map.text("on")))
                .ifPresent(found -> faults.atValue(
                        path,
                        "Model '" + name + "' is asked about stream '" + found.stream() + "', the decision about '"
                                + map.text("on") + "'.",
                        "Both must be 'on' the same stream."));
        return model;
    }

    private void checkShadows(Node.Entries map) {
        Set<String> asked = new HashSet<>(Set.of(map.text("model")));
        for (Node shadow : map.items("shadows")) {
            checkModel(map, Node.text(shadow), shadow.path());
            if (!asked.add(Node.text(shadow))) {
                faults.atValue(
                        shadow.path(), "Model '" + Node.text(shadow) + "' is asked already.", "Leave it out here.");
            }
        }
    }

    private void checkAgainst(ModelDefinition model, Node.Entries map) {
        if (map.has("abstain") && model.split().calibrate() == 0) {
            faults.atKey(
                    Node.child(map.path(), "abstain"),
                    "Model '" + model.name() + "' has no calibration part, from which abstaining starts.",
                    "Give its split a calibrate share, e.g. 0.15.");
        }
        if (map.find("abstain")
                        .map(Node::map)
                        .map(abstain -> abstain.has("widest"))
                        .orElse(false)
                && model.label().task() != Task.REGRESSION) {
            faults.atKey(
                    Node.child(Node.child(map.path(), "abstain"), "widest"),
                    "Model '" + model.name() + "' predicts a class, which has no interval.",
                    "Leave 'widest' out.");
        }
        Set<String> features = features(model);
        new StakesReader(Columns.NONE, List.of(), faults).checkAgainst(model, features, map);
        map.map("words").entries().forEach((feature, entry) -> {
            if (!features.contains(feature)) {
                faults.atKey(
                        entry.node().path(),
                        "'" + feature + "' is not a feature of model '" + model.name() + "'.",
                        Suggest.near(feature, features));
            }
        });
    }

    private Set<String> features(ModelDefinition model) {
        Application soFar = new Application("", "", streams.all(), views.all(), models.all(), List.of());
        return new LinkedHashSet<>(ModelFeatures.of(soFar, model).names());
    }
}
