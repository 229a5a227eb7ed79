package io.dougong.manifest;

import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.documents.Section;
import io.dougong.documents.Shape;
import io.dougong.documents.ShapeCheck;
import io.dougong.features.FeatureView;
import io.dougong.learn.ModelDefinition;
import io.dougong.operate.HealingDefinition;
import io.dougong.operate.MonitorsDefinition;
import io.dougong.serving.DecisionDefinition;
import java.util.Optional;

/**
 * From a document to an application: first its shape, then part by part in the order of dependence, streams before views before
 * models before decisions, so that every part is checked against those it names.
 */
final class ApplicationReader {

    private final Faults faults;

    ApplicationReader(Faults faults) {
        this.faults = faults;
    }

    /** The application, or nothing if there was any mistake; mistakes go to the faults. */
    Optional<Application> read(Node document) {
        Shape.Keys shape = Grammar.application();
        faults.locate(document);
        new ShapeCheck(faults).check(document, shape);
        Node.Entries root = Node.map(Defaults.fill(document, shape));
        Section<ApplicationStream> streams =
                Section.read(root, "streams", "stream", faults, new StreamReader(faults)::read);
        Section<FeatureView> views =
                Section.read(root, "features", "feature view", faults, new ViewReader(streams, faults)::read);
        Section<ModelDefinition> models =
                Section.read(root, "models", "model", faults, new ModelReader(streams, views, faults)::read);
        Section<DecisionDefinition> decisions = Section.read(
                root, "decisions", "decision", faults, new DecisionReader(streams, views, models, faults)::read);
        OperateReader operate = new OperateReader(streams, models, faults);
        MonitorsDefinition monitors = operate.monitors(root.find("monitors"));
        Section<HealingDefinition> healing = Section.read(root, "healing", "healing", faults, operate::healing);
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Application(
                root.text("application"),
                root.text("description"),
                streams.all(),
                views.all(),
                models.all(),
                decisions.all(),
                monitors,
                healing.all()));
    }
}
