package io.dougong.manifest;

import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.documents.Plain;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Suggest;
import io.dougong.learn.ModelDefinition;
import io.dougong.learn.TrainerDefinition;
import io.dougong.models.Task;
import io.dougong.serving.AdverseAction;
import io.dougong.serving.CostMatrix;
import io.dougong.serving.DecisionDefinition.OutcomeBand;
import io.dougong.serving.GroupThresholds;
import io.dougong.serving.ProtectedField;
import io.dougong.serving.Stakes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what hangs on a decision, and checks it against stream, outcomes and model. */
final class StakesReader {

    private static final Set<FieldType> NUMBERS = Set.of(FieldType.INTEGER, FieldType.NUMBER);
    private static final double SAME_THRESHOLD = 0.005;
    private static final double SOME_AMOUNT = 1;

    private final Columns columns;
    private final List<OutcomeBand> outcomes;
    private final Faults faults;

    StakesReader(Columns columns, List<OutcomeBand> outcomes, Faults faults) {
        this.columns = columns;
        this.outcomes = outcomes;
        this.faults = faults;
    }

    /** The decision's map has the right shape. */
    static Stakes read(Node.Entries map) {
        return new Stakes(
                map.find("costs").map(Node::map).map(StakesReader::costs).orElse(null),
                map.find("adverse").map(Node::map).map(StakesReader::adverse).orElse(null),
                guarded(map),
                map.find("group_thresholds")
                        .map(Node::map)
                        .map(own -> thresholds(own, guarded(map)))
                        .orElse(null));
    }

    private static CostMatrix costs(Node.Entries map) {
        Map<String, CostMatrix.Either> outcomes = new HashMap<>();
        map.map("outcomes")
                .entries()
                .forEach((outcome, entry) -> outcomes.put(
                        outcome,
                        new CostMatrix.Either(
                                price(Node.map(entry.node()), "if_true"), price(Node.map(entry.node()), "if_false"))));
        return new CostMatrix(
                map.text("unit"),
                map.textIfAny("amount").orElse(null),
                outcomes,
                map.find("review").map(Node::decimal).orElse(null));
    }

    private static CostMatrix.Price price(Node.Entries map, String key) {
        return map.find(key)
                .map(node -> node instanceof Node.Entries full
                        ? new CostMatrix.Price(full.decimal("fixed"), full.decimal("share"))
                        : new CostMatrix.Price(Node.decimal(node), 0))
                .orElse(CostMatrix.Price.NOTHING);
    }

    private static AdverseAction adverse(Node.Entries map) {
        List<AdverseAction.ReasonText> reasons = new ArrayList<>();
        map.map("reasons").entries().forEach((code, entry) -> {
            Node.Entries reason = Node.map(entry.node());
            reasons.add(
                    new AdverseAction.ReasonText(code, reason.texts("features"), reason.text("en"), reason.text("zh")));
        });
        return new AdverseAction(
                map.texts("outcomes"),
                AdverseAction.Reference.valueOf(map.text("reference").toUpperCase(Locale.ROOT)),
                map.whole("most"),
                reasons,
                said(map, "creditor"),
                said(map, "notice"));
    }

    private static AdverseAction.@Nullable Said said(Node.Entries map, String key) {
        return map.find(key)
                .map(Node::map)
                .map(said -> new AdverseAction.Said(said.text("en"), said.text("zh")))
                .orElse(null);
    }

    private static List<ProtectedField> guarded(Node.Entries map) {
        List<ProtectedField> fields = new ArrayList<>();
        map.map("protected")
                .entries()
                .forEach((field, entry) -> fields.add(new ProtectedField(
                        field,
                        Node.map(entry.node()).find("up_to").map(Node::decimal).orElse(null))));
        return fields;
    }

    private static GroupThresholds thresholds(Node.Entries map, List<ProtectedField> guarded) {
        Map<String, Double> from = new HashMap<>();
        map.map("from").entries().forEach((group, entry) -> from.put(group, Node.decimal(entry.node())));
        ProtectedField by = guarded.stream()
                .filter(field -> field.field().equals(map.text("by")))
                .findFirst()
                .orElse(new ProtectedField(map.text("by"), null));
        return new GroupThresholds(by, from, map.text("justification"));
    }

    /** What does not depend on the model. */
    void check(Node.Entries map) {
        map.find("costs").map(Node::map).ifPresent(costs -> checkCosts(costs, map));
        map.find("adverse").map(Node::map).ifPresent(this::checkRefusals);
        map.map("protected").entries().forEach((field, entry) -> {
            boolean cut = Node.map(entry.node()).has("up_to");
            columns.resolve(
                    field,
                    entry.node().path(),
                    cut ? NUMBERS : Set.of(FieldType.STRING, FieldType.BOOLEAN, FieldType.INTEGER),
                    faults);
        });
        map.find("group_thresholds").map(Node::map).ifPresent(own -> checkThresholds(own, map));
    }

    private List<String> labels() {
        return outcomes.stream().map(OutcomeBand::label).toList();
    }

    private void checkCosts(Node.Entries costs, Node.Entries decision) {
        Node.Entries priced = costs.map("outcomes");
        priced.entries()
                .forEach((outcome, entry) -> unknown(outcome, entry.node().path(), labels(), "outcome"));
        for (String label : labels()) {
            if (!priced.has(label)) {
                faults.atKey(
                        priced.path(), "Outcome '" + label + "' has no price.", "Give every outcome one; 0 is one.");
            }
        }
        costs.textIfAny("amount")
                .ifPresent(field -> columns.resolve(field, Node.child(costs.path(), "amount"), NUMBERS, faults));
        boolean shares = priced.entries().values().stream()
                .map(entry -> Node.map(entry.node()))
                .anyMatch(prices -> price(prices, "if_true").share() != 0
                        || price(prices, "if_false").share() != 0);
        if (shares && !costs.has("amount")) {
            faults.atKey(priced.path(), "A price is a share of the amount, but no amount is named.", "Add 'amount'.");
        }
        if (!faults.under(costs.path())) {
            checkBand(costs(costs), decision);
        }
    }

    /** The band is what people read and what monitors and shadows go by: it must say what the costs say. */
    private void checkBand(CostMatrix costs, Node.Entries decision) {
        if (outcomes.size() != 2) {
            return;
        }
        boolean anyFixed = costs.outcomes().values().stream()
                .anyMatch(either ->
                        either.ifTrue().fixed() != 0 || either.ifFalse().fixed() != 0);
        boolean anyShare = costs.outcomes().values().stream()
                .anyMatch(either ->
                        either.ifTrue().share() != 0 || either.ifFalse().share() != 0);
        double threshold =
                costs.threshold(outcomes.getFirst().label(), outcomes.getLast().label(), SOME_AMOUNT);
        if (Double.isNaN(threshold) && !(anyFixed && anyShare)) {
            faults.atKey(
                    Node.child(decision.path(), "costs"),
                    "By these costs one outcome is always cheaper, whatever the probability.",
                    "Each mistake must cost more than the right answer.");
        } else if (!(anyFixed && anyShare)
                && Math.abs(threshold - outcomes.getFirst().from()) > SAME_THRESHOLD) {
            faults.atValue(
                    decision.items("outcomes").getFirst().path(),
                    "Outcome '" + outcomes.getFirst().label() + "' starts at "
                            + Plain.number(outcomes.getFirst().from()) + ", but by the costs it is cheaper from "
                            + Plain.number(Math.round(threshold * 1e4) / 1e4) + " on.",
                    "Write that number, or change the costs.");
        }
    }

    private void checkRefusals(Node.Entries adverse) {
        for (Node outcome : adverse.items("outcomes")) {
            unknown(Node.text(outcome), outcome.path(), labels(), "outcome");
        }
        List<String> refusing = adverse.texts("outcomes");
        if (!outcomes.isEmpty()
                && refusing.contains(outcomes.getFirst().label())
                        == refusing.contains(outcomes.getLast().label())) {
            faults.atKey(
                    Node.child(adverse.path(), "outcomes"),
                    "Refusals must hold the first or the last outcome, and not both.",
                    "They lie at one end of the probability.");
        }
    }

    private void checkThresholds(Node.Entries own, Node.Entries decision) {
        Node.Entries guarded = decision.map("protected");
        unknown(
                own.text("by"),
                Node.child(own.path(), "by"),
                guarded.entries().keySet(),
                "protected field of this decision");
        if (outcomes.size() != 2) {
            faults.atKey(own.path(), "Thresholds of groups need exactly two outcomes.", "");
        }
        if (decision.has("costs")) {
            faults.atKey(
                    own.path(),
                    "With 'costs' the cheapest outcome is taken, so that thresholds of groups have no effect.",
                    "Keep one of the two.");
        }
        guarded.find(own.text("by"))
                .map(Node::map)
                .flatMap(field -> field.find("up_to"))
                .map(Node::decimal)
                .ifPresent(bound -> own.map("from")
                        .entries()
                        .forEach((group, entry) -> unknown(
                                group,
                                entry.node().path(),
                                List.of("<=" + Plain.number(bound), ">" + Plain.number(bound)),
                                "group")));
    }

    private void unknown(String name, String path, Collection<String> known, String what) {
        if (!known.contains(name)) {
            faults.atValue(path, "'" + name + "' is no " + what + ".", Suggest.near(name, known));
        }
    }

    /** @param features of the model that answers */
    void checkAgainst(ModelDefinition model, Set<String> features, Node.Entries map) {
        for (String key : List.of("costs", "adverse", "group_thresholds")) {
            if (map.has(key) && model.label().task() != Task.BINARY) {
                faults.atKey(
                        Node.child(map.path(), key),
                        "Model '" + model.name() + "' does not predict one of two classes.",
                        "Leave '" + key + "' out.");
            }
        }
        Set<String> guarded = map.map("protected").entries().keySet();
        for (String field : guarded) {
            if (features.contains(field)) {
                faults.atKey(
                        Node.child(Node.child(map.path(), "protected"), field),
                        "'" + field + "' is protected, and a feature of model '" + model.name() + "'.",
                        "Take it out of the model's features; fairness is measured by the event's field all the same.");
            }
        }
        map.find("adverse").map(Node::map).ifPresent(adverse -> {
            if (model.trainer() instanceof TrainerDefinition.OnnxImport) {
                faults.atKey(
                        adverse.path(),
                        "Model '" + model.name() + "' is imported and cannot say what its features contribute.",
                        "Use a model that is trained here, or no 'adverse'.");
            }
            checkReasons(adverse, features, guarded);
        });
    }

    private void checkReasons(Node.Entries adverse, Set<String> features, Set<String> guarded) {
        Set<String> told = new HashSet<>();
        adverse.map("reasons").entries().values().forEach(entry -> {
            for (Node feature : Node.map(entry.node()).items("features")) {
                String name = Node.text(feature);
                if (guarded.contains(name)) {
                    faults.atValue(feature.path(), "'" + name + "' is protected and can be no reason.", "");
                } else {
                    unknown(name, feature.path(), features, "feature of the model");
                }
                if (!told.add(name)) {
                    faults.atValue(feature.path(), "'" + name + "' stands in another reason already.", "Keep one.");
                }
            }
        });
        List<String> untold =
                features.stream().filter(feature -> !told.contains(feature)).toList();
        if (!untold.isEmpty()) {
            faults.atKey(
                    Node.child(adverse.path(), "reasons"),
                    "No reason tells of " + String.join(", ", untold) + ".",
                    "Every feature must stand in one, or a refusal for it could not be explained.");
        }
    }
}
