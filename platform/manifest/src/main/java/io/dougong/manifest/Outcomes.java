package io.dougong.manifest;

import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.documents.Plain;
import io.dougong.models.Task;
import io.dougong.serving.DecisionDefinition.OutcomeBand;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what a decision may answer, and checks that it fits what the model predicts. */
final class Outcomes {

    private static final String REVIEW = "REVIEW";

    private final List<Node> items;
    private final Faults faults;
    private final List<OutcomeBand> bands;

    Outcomes(List<Node> items, Faults faults) {
        this.items = items;
        this.faults = faults;
        this.bands = items.stream().map(Outcomes::band).toList();
    }

    List<OutcomeBand> bands() {
        return bands;
    }

    private static OutcomeBand band(Node node) {
        if (!(node instanceof Node.Entries map)) {
            return OutcomeBand.named(Node.text(node));
        }
        var band = map.entries().entrySet().iterator().next();
        return new OutcomeBand(band.getKey(), Node.decimal(band.getValue().node()));
    }

    /** @param task of the model; empty if it is not known, because the model has a mistake of its own: then only the names are checked */
    void check(Optional<Task> task) {
        checkNames();
        task.ifPresent(known -> {
            switch (known) {
                case BINARY -> checkProbabilities();
                case MULTICLASS -> checkClasses();
                case REGRESSION -> checkValues();
            }
        });
    }

    private void checkNames() {
        Set<String> labels = new HashSet<>();
        for (int i = 0; i < bands.size(); i++) {
            String label = bands.get(i).label();
            if (!labels.add(label)) {
                fault(i, "Outcome '" + label + "' stands in the list already.", "Give each band a name of its own.");
            }
            if (label.equals(REVIEW)) {
                fault(
                        i,
                        "REVIEW is the outcome of abstaining and cannot be a band.",
                        "Use 'abstain', or another name.");
            }
        }
    }

    private void checkProbabilities() {
        for (int i = 0; i < bands.size(); i++) {
            OutcomeBand band = bands.get(i);
            if (!band.bounded()) {
                fault(
                        i,
                        "Outcome '" + band.label() + "' says no probability from which it is taken.",
                        "Write e.g. { " + band.label() + ": 0.5 }; the last one from 0.");
            } else if (!(band.from() >= 0 && band.from() < 1)) {
                fault(
                        i,
                        "Outcome '" + band.label() + "' starts at " + Plain.number(band.from())
                                + ", but a probability is from 0 and below 1.",
                        "");
            }
        }
        checkOrder();
        if (!bands.isEmpty() && bands.getLast().bounded() && bands.getLast().from() != 0) {
            fault(
                    bands.size() - 1,
                    "The last outcome starts at " + Plain.number(bands.getLast().from())
                            + ", so that lower probabilities have none.",
                    "Let the last band start at 0.");
        }
    }

    private void checkClasses() {
        for (int i = 0; i < bands.size(); i++) {
            if (bands.get(i).bounded()) {
                fault(
                        i,
                        "The model predicts one of several classes; the class '"
                                + bands.get(i).label() + "' has no probability to start from.",
                        "Write the name of the class alone: - " + bands.get(i).label());
            }
        }
    }

    private void checkValues() {
        for (int i = 0; i < bands.size(); i++) {
            boolean last = i == bands.size() - 1;
            String label = bands.get(i).label();
            if (bands.get(i).bounded() == last) {
                fault(
                        i,
                        last
                                ? "The last outcome '" + label + "' takes every lower value and has no start."
                                : "Outcome '" + label + "' says no value from which it is taken.",
                        last ? "Write the name alone: - " + label : "Write e.g. { " + label + ": 100 }.");
            }
        }
        checkOrder();
    }

    private void checkOrder() {
        for (int i = 1; i < bands.size(); i++) {
            if (bands.get(i).from() >= bands.get(i - 1).from()) {
                fault(
                        i,
                        "Outcome '" + bands.get(i).label() + "' starts at "
                                + Plain.number(bands.get(i).from()) + ", not below the one before it.",
                        "Write the highest band first.");
            }
        }
    }

    private void fault(int item, String message, String advice) {
        faults.atValue(items.get(item).path(), message, advice);
    }
}
