package io.dougong.apps.creditrisk;

import io.dougong.kernel.Home;
import io.dougong.kernel.Schema;
import io.dougong.manifest.Manifest;
import io.dougong.models.Metrics;
import io.dougong.node.Node;
import io.dougong.node.NodeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reject inference where the truth is known: an older policy accepts half of the applicants, the models learn what became of these only, and all are
 * asked about new applicants of every kind. The policy goes by seniority, records and income. In one half of the trials the models see all
 * three, so that selection is on what is observed; in the other they do not see seniority and records, as if an officer knew more than the file.
 */
final class RejectStudy {

    private static final long[] SEEDS = {1, 2, 3};
    private static final double TRAINED = 0.7;
    private static final double ACCEPTED = 0.5;
    private static final List<String> MODELS = List.of("accepted", "inferred", "inferred-worse", "all");
    private static final String BLIND = "-blind";

    private final Path folder;
    private final Path home;
    private final Steps steps;

    /**
     * Means over the seeds.
     *
     * @param auc on new applicants of every kind
     * @param meanProbability what the model says on average; the truth is {@code badShare}
     */
    record Row(String model, double auc, double logLoss, double meanProbability, double badShare) {}

    /** @param folder of the application */
    RejectStudy(Path folder, Path home, Steps steps) {
        this.folder = folder;
        this.home = home;
        this.steps = steps;
    }

    List<Row> run() {
        Home.delete(home);
        Book book = Book.creditData(folder);
        Path manifest = folder.resolve("studies").resolve("rejects.yaml");
        Schema schema = Manifest.read(manifest).stream("applications")
                .orElseThrow()
                .definition()
                .schema();
        Map<String, List<Row>> found = new LinkedHashMap<>();
        try (Node node = Node.open(NodeSettings.at(home).seeded(1).committing(Duration.ofMinutes(10)))) {
            for (long seed : SEEDS) {
                trial(node, manifest, Loans.read(book, schema, seed), "rejects-" + seed, found);
            }
        }
        List<Row> rows = found.values().stream().map(RejectStudy::mean).toList();
        rows.forEach(row -> steps.line(
                "%-22s AUC %.3f  log loss %.3f  says %.3f bad on average (truth %.3f)",
                row.model(), row.auc(), row.logLoss(), row.meanProbability(), row.badShare()));
        return rows;
    }

    private void trial(Node node, Path manifest, List<Loan> loans, String name, Map<String, List<Row>> found) {
        steps.start("Trial " + name);
        node.apply(Manifest.read(FairnessStudy.named(manifest, "rejects", name)), "study");
        List<Loan> seen = loans.subList(0, (int) (TRAINED * loans.size()));
        List<Loan> unseen = loans.subList(seen.size(), loans.size());
        double least =
                seen.stream().mapToDouble(RejectStudy::policy).sorted().toArray()[(int) ((1 - ACCEPTED) * seen.size())];
        Sending sending = new Sending(node, name);
        long accepted = 0;
        for (Loan loan : seen) {
            sending.ask(loan).tell(loan, "truth");
            if (policy(loan) >= least) {
                sending.tell(loan, "repayments");
                accepted++;
            }
        }
        sending.until(Instant.MAX);
        node.awaitLake(name);
        for (String suffix : List.of("", BLIND)) {
            for (String model : MODELS) {
                Row row = measured(model + suffix, Scorer.trained(node, name, model + suffix), unseen);
                found.computeIfAbsent(row.model(), _ -> new ArrayList<>()).add(row);
            }
        }
        steps.done("%,d of %,d applicants accepted; asked about %,d others", accepted, seen.size(), unseen.size());
    }

    /** Higher is better. */
    private static double policy(Loan loan) {
        double seniority = loan.value("seniority") instanceof Long years ? Math.min(years, 15) : 0;
        double income = loan.value("income") instanceof Long thousand ? Math.min(thousand, 300) : 0;
        double clean = "no".equals(loan.value("records")) ? 1 : 0;
        return seniority / 15 + income / 300 + 1.5 * clean;
    }

    private static Row measured(String model, Scorer scorer, List<Loan> unseen) {
        double[] probabilities =
                unseen.stream().mapToDouble(scorer::probability).toArray();
        boolean[] bad = new boolean[probabilities.length];
        double sum = 0;
        double bads = 0;
        for (int i = 0; i < bad.length; i++) {
            bad[i] = unseen.get(i).bad();
            sum += probabilities[i];
            bads += bad[i] ? 1 : 0;
        }
        return new Row(
                model,
                Metrics.auc(probabilities, bad),
                Metrics.logLoss(probabilities, bad),
                sum / bad.length,
                bads / bad.length);
    }

    private static Row mean(List<Row> rows) {
        return new Row(
                rows.getFirst().model(),
                CreditShow.rounded(rows.stream().mapToDouble(Row::auc).average().orElse(Double.NaN)),
                CreditShow.rounded(
                        rows.stream().mapToDouble(Row::logLoss).average().orElse(Double.NaN)),
                CreditShow.rounded(rows.stream()
                        .mapToDouble(Row::meanProbability)
                        .average()
                        .orElse(Double.NaN)),
                CreditShow.rounded(
                        rows.stream().mapToDouble(Row::badShare).average().orElse(Double.NaN)));
    }
}
