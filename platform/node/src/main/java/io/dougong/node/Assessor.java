package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.Feedback;
import io.dougong.decisions.Outcome;
import io.dougong.decisions.Score;
import io.dougong.kernel.StreamPartition;
import io.dougong.models.Bootstrap;
import io.dougong.models.GroupFairness;
import io.dougong.models.Metrics;
import io.dougong.operate.Stability;
import io.dougong.operate.StabilityCount;
import io.dougong.serving.AdverseAction;
import io.dougong.serving.CostMatrix;
import io.dougong.serving.DecisionDefinition;
import io.dougong.serving.PersonalValues;
import io.dougong.serving.ProtectedField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes an {@link Assessment} from the log. */
final class Assessor {

    private static final int MOST_DECISIONS = 50_000;
    private static final int BATCH = 1_000;
    private static final int FEWEST_IN_SLICE = 100;
    private static final double LEVEL = 0.95;
    private static final Bootstrap BOOTSTRAP = new Bootstrap(7, 200);
    private static final double HALF = 0.5;

    private final Rooms rooms;
    private final References references;
    private final DecisionDefinition definition;
    private final PersonalValues personal;
    private final String application;
    private final Function<String, Optional<Feedback>> truths;

    /** A decision and what turned out to be true, or null. */
    private record Case(Decision decision, @Nullable Boolean truth) {

        boolean known() {
            return truth != null;
        }

        boolean happened() {
            return Boolean.TRUE.equals(truth);
        }

        double probability() {
            return decision.score().probability();
        }
    }

    Assessor(
            Rooms rooms,
            References references,
            RunningApplication running,
            String decision,
            Function<String, Optional<Feedback>> truths) {
        this.rooms = rooms;
        this.references = references;
        this.application = running.application().name();
        this.definition = running.endpoint(decision).definition();
        this.personal = new PersonalValues(rooms.vault(), Personal.fields(running.application()));
        this.truths = truths;
    }

    Assessment assess() {
        List<Case> cases = cases();
        List<Case> labelled = cases.stream().filter(Case::known).toList();
        CostMatrix costs = definition.stakes().costs();
        return new Assessment(
                cases.size(),
                labelled.size(),
                costs == null ? "" : costs.unit(),
                costs == null || labelled.isEmpty() ? List.of() : costs(costs, labelled),
                fairness(labelled),
                stability(cases),
                slices(labelled));
    }

    private List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (StreamPartition partition : rooms.decisions().partitions()) {
            long end = rooms.log().endOffset(partition);
            long at = Math.max(rooms.log().startOffset(partition), end - MOST_DECISIONS);
            while (at < end) {
                List<DecisionLog.Entry> batch = rooms.decisions().read(partition, at, BATCH);
                batch.stream()
                        .map(DecisionLog.Entry::decision)
                        .filter(this::counts)
                        .forEach(decision -> cases.add(new Case(
                                personal.opened(decision),
                                truths.apply(decision.id()).map(Feedback::label).orElse(null))));
                at = batch.isEmpty() ? end : batch.getLast().offset() + 1;
            }
        }
        return cases;
    }

    private boolean counts(Decision decision) {
        return decision.application().equals(application)
                && decision.name().equals(definition.name())
                && decision.score() instanceof Score.Binary(double _, double probability)
                && !Double.isNaN(probability);
    }

    private boolean refuses(String outcome) {
        AdverseAction adverse = definition.stakes().adverse();
        return adverse == null
                ? outcome.equals(definition.outcomes().getFirst().label())
                : adverse.outcomes().contains(outcome);
    }

    // Costs

    private List<Assessment.RuleCost> costs(CostMatrix costs, List<Case> labelled) {
        String accepting = definition.outcomes().stream()
                .map(DecisionDefinition.OutcomeBand::label)
                .filter(label -> !refuses(label))
                .findFirst()
                .orElseThrow();
        String high = definition.outcomes().getFirst().label();
        String low = definition.outcomes().getLast().label();
        return List.of(
                cost(
                        "as_decided",
                        costs,
                        labelled,
                        each -> each.decision().outcome().label()),
                cost("cheapest", costs, labelled, this::leaning),
                cost("at_half", costs, labelled, each -> each.probability() >= HALF ? high : low),
                cost("accept_all", costs, labelled, _ -> accepting));
    }

    private Assessment.RuleCost cost(
            String rule, CostMatrix costs, List<Case> labelled, Function<Case, String> outcomes) {
        double total = 0;
        long refused = 0;
        long reviewed = 0;
        for (Case each : labelled) {
            String outcome = outcomes.apply(each);
            double incurred = costs.incurred(outcome, each.happened(), amount(costs, each.decision()));
            total += Double.isNaN(incurred) ? 0 : incurred;
            refused += refuses(outcome) ? 1 : 0;
            reviewed += outcome.equals(Outcome.REVIEW.label()) ? 1 : 0;
        }
        return new Assessment.RuleCost(rule, total / labelled.size(), total, refused, reviewed);
    }

    private static double amount(CostMatrix costs, Decision decision) {
        return costs.amount() != null && decision.question().input().get(costs.amount()) instanceof Number number
                ? number.doubleValue()
                : Double.NaN;
    }

    /** What would have been decided if nobody could be asked. */
    private String leaning(Case each) {
        if (each.decision().outcome().decided()) {
            return each.decision().outcome().label();
        }
        return each.decision().expectedCosts().entrySet().stream()
                .filter(cost -> !cost.getKey().equals(Outcome.REVIEW.label()))
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseGet(() -> definition.leaning(each.decision().score()));
    }

    // Fairness

    private Map<String, List<GroupFairness>> fairness(List<Case> labelled) {
        boolean[] given = new boolean[labelled.size()];
        boolean[] deserved = new boolean[labelled.size()];
        boolean highRefuses = refuses(definition.outcomes().getFirst().label());
        for (int i = 0; i < given.length; i++) {
            given[i] = !refuses(leaning(labelled.get(i)));
            deserved[i] = labelled.get(i).happened() != highRefuses;
        }
        Map<String, List<GroupFairness>> all = new TreeMap<>();
        for (ProtectedField field : definition.stakes().guarded()) {
            List<@Nullable String> groups = new ArrayList<>();
            labelled.forEach(each ->
                    groups.add(field.group(each.decision().question().input().get(field.field()))));
            all.put(field.field(), GroupFairness.of(groups, given, deserved, BOOTSTRAP));
        }
        return all;
    }

    // Stability

    private List<Stability> stability(List<Case> cases) {
        if (cases.isEmpty()) {
            return List.of();
        }
        String digest = cases.getLast().decision().model().digest().hex();
        return references
                .find(digest)
                .map(reference -> {
                    StabilityCount count = new StabilityCount(reference);
                    cases.stream()
                            .map(Case::decision)
                            .filter(decision -> decision.model().digest().hex().equals(digest))
                            .forEach(decision -> count.add(
                                    decision.features(), decision.score().probability()));
                    return count.compared();
                })
                .orElse(List.of());
    }

    // Slices

    private static List<Assessment.SliceQuality> slices(List<Case> labelled) {
        if (labelled.isEmpty()) {
            return List.of();
        }
        List<String> texts = labelled.getFirst().decision().features().stream()
                .filter(value -> value.value() instanceof String)
                .map(FeatureValue::name)
                .toList();
        return texts.stream().flatMap(text -> slices(text, labelled).stream()).toList();
    }

    private static List<Assessment.SliceQuality> slices(String field, List<Case> labelled) {
        Map<String, List<Case>> byValue = labelled.stream()
                .filter(each -> value(field, each.decision()) != null)
                .collect(Collectors.groupingBy(
                        each -> String.valueOf(value(field, each.decision())), TreeMap::new, Collectors.toList()));
        return byValue.entrySet().stream()
                .filter(slice -> slice.getValue().size() >= FEWEST_IN_SLICE)
                .map(slice -> quality(field, slice.getKey(), slice.getValue()))
                .sorted(Comparator.comparingLong(Assessment.SliceQuality::rows).reversed())
                .toList();
    }

    private static @Nullable Object value(String field, Decision decision) {
        return decision.features().stream()
                .filter(value -> value.name().equals(field))
                .map(FeatureValue::value)
                .filter(value -> value != null)
                .findFirst()
                .orElse(null);
    }

    private static Assessment.SliceQuality quality(String field, String value, List<Case> cases) {
        double[] probabilities = cases.stream().mapToDouble(Case::probability).toArray();
        boolean[] truths = new boolean[probabilities.length];
        for (int i = 0; i < truths.length; i++) {
            truths[i] = cases.get(i).happened();
        }
        Bootstrap.Interval auc = BOOTSTRAP.binary(probabilities, truths, LEVEL, Metrics::auc);
        return new Assessment.SliceQuality(field, value, cases.size(), auc.estimate(), auc.low(), auc.high());
    }
}
