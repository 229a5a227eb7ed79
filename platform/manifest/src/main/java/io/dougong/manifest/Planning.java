package io.dougong.manifest;

import io.dougong.documents.Plain;
import io.dougong.features.FeatureView;
import io.dougong.learn.ModelDefinition;
import io.dougong.manifest.Change.Part;
import io.dougong.serving.DecisionDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Compares two applications part by part; see {@link Plan}. */
final class Planning {

    private final Application current;
    private final Application wanted;
    private final Meaning before;
    private final Meaning after;
    private final List<Change> changes = new ArrayList<>();

    private Planning(Application current, Application wanted) {
        this.current = current;
        this.wanted = wanted;
        this.before = new Meaning(current);
        this.after = new Meaning(wanted);
    }

    static List<Change> between(Optional<Application> current, Application wanted) {
        Application nothing = new Application(wanted.name(), "", List.of(), List.of(), List.of(), List.of());
        Planning planning = new Planning(current.orElse(nothing), wanted);
        planning.removals();
        current.ifPresent(_ -> planning.application());
        planning.streams();
        planning.views();
        planning.models();
        planning.decisions();
        return planning.changes;
    }

    private void removals() {
        removed(
                Part.DECISION,
                current.decisions(),
                wanted.decisions(),
                DecisionDefinition::name,
                Consequence.STOPS_DECIDING);
        removed(Part.MODEL, current.models(), wanted.models(), ModelDefinition::name, Consequence.KEEPS_VERSIONS);
        removed(Part.VIEW, current.features(), wanted.features(), FeatureView::name, Consequence.FORGETS_STATE);
        removed(Part.STREAM, current.streams(), wanted.streams(), ApplicationStream::name, Consequence.CLOSES_STREAM);
    }

    private <T> void removed(
            Part part, List<T> old, List<T> young, Function<T, String> naming, Consequence consequence) {
        List<String> kept = young.stream().map(naming).toList();
        old.stream()
                .map(naming)
                .filter(name -> !kept.contains(name))
                .forEach(name -> changes.add(new Change.Removed(part, name, List.of(consequence))));
    }

    private void application() {
        List<String> refusals = current.name().equals(wanted.name())
                ? List.of()
                : List.of("Application '" + current.name() + "' runs here; '" + wanted.name() + "' is another one.");
        changed(Part.APPLICATION, wanted.name(), head(current), head(wanted), List.of(Consequence.DESCRIBES), refusals);
        changed(
                Part.APPLICATION,
                wanted.name(),
                operation(current),
                operation(wanted),
                List.of(Consequence.WATCHES_ANEW),
                List.of());
    }

    private static Map<String, Object> head(Application application) {
        return Plain.map("application", application.name(), "description", application.description());
    }

    private static Map<String, Object> operation(Application application) {
        Map<String, Object> healing = new LinkedHashMap<>();
        application.healing().forEach(model -> healing.put(model.model(), ApplicationTree.healing(model)));
        return Plain.map("monitors", ApplicationTree.monitors(application.monitors()), "healing", healing);
    }

    private void streams() {
        for (ApplicationStream stream : wanted.streams()) {
            current.stream(stream.name())
                    .ifPresentOrElse(
                            old -> changed(
                                    Part.STREAM,
                                    stream.name(),
                                    ApplicationTree.stream(old),
                                    ApplicationTree.stream(stream),
                                    StreamCompatibility.consequences(old, stream),
                                    StreamCompatibility.refusals(old, stream)),
                            () -> added(Part.STREAM, stream.name(), Consequence.OPENS_STREAM));
        }
    }

    private void views() {
        for (FeatureView view : wanted.features()) {
            current.view(view.name())
                    .ifPresentOrElse(
                            old -> view(old, view), () -> added(Part.VIEW, view.name(), Consequence.BUILDS_STATE));
        }
    }

    private void view(FeatureView old, FeatureView young) {
        boolean own = changed(
                Part.VIEW,
                young.name(),
                ApplicationTree.view(old),
                ApplicationTree.view(young),
                List.of(Consequence.REBUILDS_STATE),
                List.of());
        if (!own && !before.view(old).equals(after.view(young))) {
            affected(Part.VIEW, young.name(), Consequence.REBUILDS_STATE, List.of("stream " + young.stream()));
        }
    }

    private void models() {
        for (ModelDefinition model : wanted.models()) {
            current.model(model.name())
                    .ifPresentOrElse(
                            old -> model(old, model),
                            () -> added(Part.MODEL, model.name(), Consequence.NEEDS_TRAINING));
        }
    }

    private void model(ModelDefinition old, ModelDefinition young) {
        boolean same = before.model(old).equals(after.model(young));
        Consequence consequence = same ? Consequence.CHANGES_GATES : Consequence.NEEDS_NEW_TRAINING;
        boolean own = changed(
                Part.MODEL,
                young.name(),
                ApplicationTree.model(old),
                ApplicationTree.model(young),
                List.of(consequence),
                List.of());
        if (!own && !same) {
            affected(Part.MODEL, young.name(), Consequence.NEEDS_NEW_TRAINING, touched(young));
        }
    }

    /** The changed parts that a model rests on. */
    private List<String> touched(ModelDefinition model) {
        List<String> views = ModelFeatures.of(wanted, model).views();
        return changes.stream()
                .filter(change -> !(change instanceof Change.Removed))
                .filter(change -> switch (change.part()) {
                    case VIEW -> views.contains(change.name());
                    case STREAM ->
                        change.name().equals(model.stream()) || change.name().equals(model.label().stream());
                    default -> false;
                })
                .map(change -> change.part().label() + " " + change.name())
                .toList();
    }

    private void decisions() {
        for (DecisionDefinition decision : wanted.decisions()) {
            current.decision(decision.name())
                    .ifPresentOrElse(
                            old -> decision(old, decision),
                            () -> added(Part.DECISION, decision.name(), Consequence.STARTS_DECIDING));
        }
    }

    private void decision(DecisionDefinition old, DecisionDefinition young) {
        boolean own = changed(
                Part.DECISION,
                young.name(),
                ApplicationTree.decision(old),
                ApplicationTree.decision(young),
                List.of(Consequence.DECIDES_ANEW),
                List.of());
        boolean retrained = changes.stream()
                .anyMatch(change -> change.part() == Part.MODEL
                        && change.name().equals(young.model())
                        && change.consequences().contains(Consequence.NEEDS_NEW_TRAINING));
        if (!own && retrained) {
            affected(Part.DECISION, young.name(), Consequence.AWAITS_MODEL, List.of("model " + young.model()));
        }
    }

    private void added(Part part, String name, Consequence consequence) {
        changes.add(new Change.Added(part, name, List.of(consequence)));
    }

    private void affected(Part part, String name, Consequence consequence, List<String> because) {
        changes.add(new Change.Affected(part, name, because, List.of(consequence)));
    }

    /** Notes a change if the two documents differ, and says whether they do. */
    private boolean changed(
            Part part,
            String name,
            Map<String, Object> old,
            Map<String, Object> young,
            List<Consequence> consequences,
            List<String> refusals) {
        List<Change.Difference> differences = Differences.between(new LinkedHashMap<>(old), new LinkedHashMap<>(young));
        if (!differences.isEmpty()) {
            changes.add(new Change.Changed(part, name, differences, consequences, refusals));
        }
        return !differences.isEmpty();
    }
}
