package io.dougong.manifest;

import io.dougong.documents.Fault;
import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.features.FeatureView;
import io.dougong.kernel.Problem;
import io.dougong.learn.ModelDefinition;
import io.dougong.operate.HealingDefinition;
import io.dougong.operate.MonitorsDefinition;
import io.dougong.serving.DecisionDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Writes an application in code; see {@link Application#named}. */
public final class ApplicationBuilder {

    private final String name;
    private String description = "";
    private final List<ApplicationStream> streams = new ArrayList<>();
    private final List<FeatureView> views = new ArrayList<>();
    private final List<ModelDefinition> models = new ArrayList<>();
    private final List<DecisionDefinition> decisions = new ArrayList<>();
    private MonitorsDefinition monitors = MonitorsDefinition.USUAL;
    private final List<HealingDefinition> healing = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    ApplicationBuilder(String name) {
        this.name = name;
    }

    public ApplicationBuilder describedAs(String description) {
        this.description = description;
        return this;
    }

    public ApplicationBuilder stream(String name, UnaryOperator<StreamBuilder> stream) {
        add(
                streams,
                "streams",
                name,
                () -> stream.apply(new StreamBuilder(name)).build());
        return this;
    }

    public ApplicationBuilder view(String name, UnaryOperator<ViewBuilder> view) {
        add(views, "features", name, () -> view.apply(new ViewBuilder(name)).build());
        return this;
    }

    public ApplicationBuilder model(String name, UnaryOperator<ModelBuilder> model) {
        add(models, "models", name, () -> model.apply(new ModelBuilder(name)).build());
        return this;
    }

    public ApplicationBuilder decision(String name, UnaryOperator<DecisionBuilder> decision) {
        add(
                decisions,
                "decisions",
                name,
                () -> decision.apply(new DecisionBuilder(name)).build());
        return this;
    }

    /** How it is watched; the usual way if not said. */
    public ApplicationBuilder monitors(MonitorsDefinition monitors) {
        this.monitors = monitors;
        return this;
    }

    /** How a model is healed. */
    public ApplicationBuilder heal(HealingDefinition model) {
        healing.add(model);
        return this;
    }

    /** What a definition refuses by itself is kept, so that all mistakes are reported together. */
    private <T> void add(List<T> parts, String section, String name, Supplier<T> part) {
        try {
            parts.add(part.get());
        } catch (Problem refused) {
            faults.add(new Fault(0, 0, Node.child(section, name), refused.getMessage(), refused.advice()));
        }
    }

    /**
     * The application, checked as a manifest file is.
     *
     * @throws ManifestProblem with every mistake, each with its path
     */
    public Application build() {
        Application written = new Application(name, description, streams, views, models, decisions, monitors, healing);
        Faults found = new Faults();
        Optional<Application> application = new ApplicationReader(found).read(Node.of("", ApplicationTree.of(written)));
        if (!faults.isEmpty()) {
            throw ManifestProblem.faulty(faults);
        }
        return application.orElseThrow(() -> ManifestProblem.faulty(found.sorted()));
    }
}
