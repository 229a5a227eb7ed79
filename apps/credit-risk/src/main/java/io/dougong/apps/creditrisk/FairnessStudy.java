package io.dougong.apps.creditrisk;

import io.dougong.kernel.Home;
import io.dougong.manifest.Application;
import io.dougong.manifest.Manifest;
import io.dougong.models.Bootstrap;
import io.dougong.models.GroupFairness;
import io.dougong.models.Metrics;
import io.dougong.node.Node;
import io.dougong.node.NodeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * German credit in five folds: how applicants up to 25 fare against older ones, before and after mitigation, and what that costs in quality.
 * Each loan is scored by models that have not seen it.
 */
final class FairnessStudy {

    private static final int FOLDS = 5;
    private static final long SEED = 7;
    private static final double THRESHOLD = 0.5;
    private static final int YOUNG = 25;
    private static final List<String> MODELS = List.of("knowing", "blind", "reweighed");
    private static final String OWN_THRESHOLD = "own-threshold";

    private final Book book;
    private final Path home;
    private final Steps steps;

    /**
     * @param auc over all loans, each scored by the fold that has not seen it
     * @param parity statistical parity difference with its interval, favourable = predicted good
     */
    record Row(
            String model,
            double auc,
            double aucLow,
            double aucHigh,
            double accuracy,
            double parity,
            double parityLow,
            double parityHigh,
            double opportunity,
            double opportunityLow,
            double opportunityHigh,
            double odds,
            double impact) {}

    /** What one model says of every loan. */
    private record Answers(double[] probabilities, boolean[] good) {}

    FairnessStudy(Book book, Path home, Steps steps) {
        this.book = book;
        this.home = home;
        this.steps = steps;
    }

    List<Row> run() {
        Home.delete(home);
        Application template = Manifest.read(book.manifest());
        List<Loan> loans = Loans.read(
                book, template.stream("applications").orElseThrow().definition().schema(), SEED);
        Map<String, Answers> answers = new LinkedHashMap<>();
        for (String model : List.of("knowing", "blind", "reweighed", OWN_THRESHOLD)) {
            answers.put(model, new Answers(new double[loans.size()], new boolean[loans.size()]));
        }
        try (Node node = Node.open(NodeSettings.at(home).seeded(SEED).committing(Duration.ofMinutes(10)))) {
            for (int fold = 0; fold < FOLDS; fold++) {
                fold(node, loans, fold, answers);
            }
        }
        List<Row> rows = new ArrayList<>();
        answers.forEach((model, said) -> rows.add(row(model, loans, said)));
        rows.forEach(row -> steps.line(
                "%-14s AUC %.3f [%.3f, %.3f]  accuracy %.3f  parity %+.3f [%+.3f, %+.3f]  opportunity %+.3f  odds %+.3f  impact %.2f",
                row.model(),
                row.auc(),
                row.aucLow(),
                row.aucHigh(),
                row.accuracy(),
                row.parity(),
                row.parityLow(),
                row.parityHigh(),
                row.opportunity(),
                row.odds(),
                row.impact()));
        return rows;
    }

    static byte[] named(Path manifest, String from, String to) {
        try {
            return Files.readString(manifest)
                    .replace("application: " + from, "application: " + to)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void fold(Node node, List<Loan> loans, int fold, Map<String, Answers> answers) {
        String name = "german-credit-" + fold;
        steps.start("Fold " + (fold + 1) + " of " + FOLDS);
        node.apply(Manifest.read(named(book.manifest(), "german-credit", name)), "study");
        Sending sending = new Sending(node, name);
        List<Loan> seen = new ArrayList<>();
        for (int i = 0; i < loans.size(); i++) {
            if (i % FOLDS != fold) {
                seen.add(loans.get(i));
                sending.ask(loans.get(i)).tell(loans.get(i), "repayments");
            }
        }
        sending.until(Instant.MAX);
        node.awaitLake(name);
        for (String model : MODELS) {
            Scorer scorer = Scorer.trained(node, name, model);
            double own = model.equals("blind") ? evenThreshold(scorer, seen) : THRESHOLD;
            for (int i = fold; i < loans.size(); i += FOLDS) {
                double probability = scorer.probability(loans.get(i));
                put(answers, model, i, probability, THRESHOLD);
                if (model.equals("blind")) {
                    put(answers, OWN_THRESHOLD, i, probability, young(loans.get(i)) ? own : THRESHOLD);
                }
            }
        }
        steps.done("%d loans scored by models that saw the other %d", loans.size() - seen.size(), seen.size());
    }

    private static void put(
            Map<String, Answers> answers, String model, int loan, double probability, double threshold) {
        Answers own = answers.get(model);
        if (own != null) {
            own.probabilities()[loan] = probability;
            own.good()[loan] = probability < threshold;
        }
    }

    /** The threshold for the young at which as large a share of them is accepted as of the others, on the newest loans of the history. */
    private static double evenThreshold(Scorer scorer, List<Loan> seen) {
        List<Loan> newest = seen.subList((int) (0.8 * seen.size()), seen.size());
        double share = newest.stream()
                .filter(loan -> !young(loan))
                .mapToDouble(loan -> scorer.probability(loan) < THRESHOLD ? 1 : 0)
                .average()
                .orElse(0);
        double[] young = newest.stream()
                .filter(FairnessStudy::young)
                .mapToDouble(scorer::probability)
                .sorted()
                .toArray();
        return young.length == 0
                ? THRESHOLD
                : young[Math.min(young.length - 1, (int) Math.round(share * young.length))];
    }

    private static boolean young(Loan loan) {
        return loan.value("age") instanceof Long age && age <= YOUNG;
    }

    private static Row row(String model, List<Loan> loans, Answers said) {
        boolean[] bad = new boolean[loans.size()];
        boolean[] deserved = new boolean[loans.size()];
        List<@Nullable String> groups = new ArrayList<>();
        long right = 0;
        for (int i = 0; i < bad.length; i++) {
            bad[i] = loans.get(i).bad();
            deserved[i] = !bad[i];
            groups.add(young(loans.get(i)) ? "<=25" : ">25");
            right += said.good()[i] == deserved[i] ? 1 : 0;
        }
        Bootstrap bootstrap = new Bootstrap(SEED, 500);
        Bootstrap.Interval auc = bootstrap.binary(said.probabilities(), bad, 0.95, Metrics::auc);
        GroupFairness young =
                GroupFairness.of(groups, said.good(), deserved, bootstrap).getFirst();
        double[] figures = Arrays.stream(new double[] {
                    auc.estimate(),
                    auc.low(),
                    auc.high(),
                    (double) right / bad.length,
                    young.parity().estimate(),
                    young.parity().low(),
                    young.parity().high(),
                    young.opportunity().estimate(),
                    young.opportunity().low(),
                    young.opportunity().high(),
                    young.odds().estimate(),
                    young.impact().estimate()
                })
                .map(CreditShow::rounded)
                .toArray();
        return new Row(
                model,
                figures[0],
                figures[1],
                figures[2],
                figures[3],
                figures[4],
                figures[5],
                figures[6],
                figures[7],
                figures[8],
                figures[9],
                figures[10],
                figures[11]);
    }
}
