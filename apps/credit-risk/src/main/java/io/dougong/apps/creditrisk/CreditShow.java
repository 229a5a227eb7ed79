package io.dougong.apps.creditrisk;

import io.dougong.apps.creditrisk.Summary.BookSummary;
import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.Replay;
import io.dougong.decisions.Route;
import io.dougong.kernel.Home;
import io.dougong.kernel.Schema;
import io.dougong.kernel.StreamPartition;
import io.dougong.learn.Evaluation;
import io.dougong.learn.Gate;
import io.dougong.learn.ModelDefinition;
import io.dougong.learn.Progress;
import io.dougong.learn.TrainingRun;
import io.dougong.manifest.Application;
import io.dougong.manifest.Manifest;
import io.dougong.models.GroupFairness;
import io.dougong.node.Assessment;
import io.dougong.node.LiveReport;
import io.dougong.node.Node;
import io.dougong.node.NodeSettings;
import io.dougong.operate.Stability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The acts of the demo, in order, for each book of loans. */
final class CreditShow {

    private static final String DECISION = "lend";
    private static final String BY = "demo";
    private static final long SEED = 7;
    private static final double HISTORY = 0.6;
    private static final int REPLAYED = 200;
    private static final int BATCH = 500;
    private static final int SLICES = 8;

    private final CreditDemo.Options options;
    private final Steps steps;
    private final long started = System.nanoTime();

    CreditShow(CreditDemo.Options options, Steps steps) {
        this.options = options;
        this.steps = steps;
    }

    Summary play() {
        Home.delete(options.home());
        steps.line("Dougong 斗拱 · credit-risk: which loans to give, what it costs to be wrong, and how to say no");
        steps.line("The tables hold no dates: the order of arrival is a shuffle with seed %d.", SEED);
        steps.blank();
        try (Node node = Node.open(NodeSettings.at(options.home()).seeded(SEED))) {
            List<BookSummary> books = new ArrayList<>();
            for (Book book : options.books()) {
                books.add(book(node, book));
            }
            steps.start("Audit");
            boolean sound = node.verifyAudit().ok();
            steps.done(sound ? "the chain holds" : "broken");
            steps.line("Data: %s", options.home().toAbsolutePath());
            return new Summary(books, sound, Math.round((System.nanoTime() - started) / 1e8) / 10.0);
        }
    }

    private BookSummary book(Node node, Book book) {
        Application application = Manifest.read(book.manifest());
        node.apply(application, BY);
        steps.start("Loans");
        Schema schema =
                application.stream("applications").orElseThrow().definition().schema();
        List<Loan> loans = Loans.read(book, schema, SEED);
        steps.done("%,d real loans, %.1f %% went bad", loans.size(), 100 * badShare(loans));
        Sending sending = new Sending(node, book.application());
        loans.forEach(loan -> sending.ask(loan).tell(loan, "repayments"));
        steps.start("History");
        Instant cut = loans.get((int) (HISTORY * loans.size())).asked();
        steps.done("%,d events of the first 60 %%", sending.until(cut));
        node.awaitLake(book.application());
        for (ModelDefinition model : application.models()) {
            train(node, book.application(), model.name());
        }
        steps.start("Live");
        steps.done("%,d events: applications decided, outcomes a day later", sending.until(Instant.MAX));
        return conclude(node, book, loans.size());
    }

    private static double badShare(List<Loan> loans) {
        return (double) loans.stream().filter(Loan::bad).count() / loans.size();
    }

    private void train(Node node, String application, String model) {
        steps.start("Training " + model);
        TrainingRun run = node.models().train(application, model, Progress.NONE, BY);
        TrainingRun.Outcome outcome = run.outcome();
        if (outcome == null) {
            throw new IllegalStateException("training of " + model + " ended as " + run.state());
        }
        node.models().promote(application, model, outcome.version(), Route.CHAMPION, 1, false, BY);
        Optional<Evaluation.Estimate> auc = outcome.evaluation().metric(Gate.Metric.AUC);
        steps.done(
                "%,d loans; AUC %.3f [%.3f, %.3f] on the %,d newest of the history",
                outcome.rows().train(),
                auc.map(Evaluation.Estimate::value).orElse(Double.NaN),
                auc.map(Evaluation.Estimate::low).orElse(Double.NaN),
                auc.map(Evaluation.Estimate::high).orElse(Double.NaN),
                outcome.evaluation().rows());
    }

    private BookSummary conclude(Node node, Book book, int loans) {
        steps.start("Replay");
        List<Decision> decisions = decisions(node, book);
        long identical = 0;
        int replayed = Math.min(REPLAYED, decisions.size());
        for (int i = 0; i < replayed; i++) {
            Decision decision = decisions.get((int) ((long) i * decisions.size() / replayed));
            identical += node.replay(decision, Replay.Request.PLAIN).identical() ? 1 : 0;
        }
        steps.done("%d of %d decisions gave the same bits", identical, replayed);
        steps.start("Assessment");
        Assessment found = node.assess(book.application(), DECISION);
        LiveReport live = node.liveReport(book.application(), DECISION);
        steps.done("%,d decisions, %,d with a known outcome", found.decisions(), found.labelled());
        List<Decision> refused = decisions.stream()
                .filter(each -> each.outcome().label().equals("DECLINE"))
                .toList();
        tell(found, live);
        if (!refused.isEmpty()) {
            letter(node, refused.getFirst());
        }
        return summary(book, loans, found, live, refused, replayed, identical);
    }

    private static List<Decision> decisions(Node node, Book book) {
        List<Decision> all = new ArrayList<>();
        DecisionLog log = node.decisionLog();
        for (StreamPartition partition : log.partitions()) {
            List<DecisionLog.Entry> batch = log.read(partition, 0, BATCH);
            while (!batch.isEmpty()) {
                batch.stream()
                        .map(DecisionLog.Entry::decision)
                        .filter(each -> each.application().equals(book.application())
                                && each.name().equals(DECISION))
                        .forEach(all::add);
                batch = log.read(partition, batch.getLast().offset() + 1, BATCH);
            }
        }
        return all;
    }

    private void tell(Assessment found, LiveReport live) {
        steps.blank();
        steps.line(
                "Live: AUC %.3f, calibration error %.3f, %.1f %% left to a person.",
                live.auc(), live.ece(), 100 * live.reviewRate());
        for (Assessment.RuleCost rule : found.costs()) {
            steps.line(
                    "  cost per loan %8.1f %s  %-11s (%,d refused, %,d left to a person)",
                    rule.perDecision(), found.unit(), rule.rule(), rule.refused(), rule.reviewed());
        }
        found.fairness()
                .forEach((field, groups) -> groups.forEach(group -> steps.line(
                        "  %s %s against %s: %.1f %% approved, parity %+.3f [%+.3f, %+.3f], opportunity %+.3f, impact %.2f",
                        field,
                        group.group(),
                        group.reference(),
                        100 * group.favourable(),
                        group.parity().estimate(),
                        group.parity().low(),
                        group.parity().high(),
                        group.opportunity().estimate(),
                        group.impact().estimate())));
        Stability score = found.stability().getFirst();
        steps.line("  stability of the scores: PSI %.3f (%.3f by chance alone)", score.psi(), score.byChance());
        for (Assessment.SliceQuality slice :
                found.slices().stream().limit(SLICES).toList()) {
            steps.line(
                    "  AUC %.3f [%.3f, %.3f] where %s is %s (%,d loans)",
                    slice.auc(), slice.low(), slice.high(), slice.field(), slice.value(), slice.rows());
        }
    }

    private void letter(Node node, Decision refused) {
        steps.blank();
        for (boolean chinese : new boolean[] {false, true}) {
            node.letter(refused.id(), chinese).lines().forEach(line -> steps.line("  │ %s", line));
        }
        steps.blank();
    }

    private static BookSummary summary(
            Book book,
            int loans,
            Assessment found,
            LiveReport live,
            List<Decision> refused,
            int replayed,
            long identical) {
        List<Summary.Parity> parity = new ArrayList<>();
        found.fairness().forEach((field, groups) -> groups.forEach(group -> parity.add(parity(field, group))));
        return new BookSummary(
                book.application(),
                loans,
                found.decisions(),
                found.labelled(),
                rounded(live.auc()),
                rounded(live.ece()),
                rounded(live.reviewRate()),
                found.unit(),
                cost(found, "as_decided"),
                cost(found, "cheapest"),
                cost(found, "at_half"),
                cost(found, "accept_all"),
                refused.size(),
                refused.stream().filter(each -> each.reasons().isEmpty()).count(),
                parity,
                rounded(found.stability().getFirst().psi()),
                rounded(found.stability().stream()
                        .mapToDouble(Stability::psi)
                        .max()
                        .orElse(Double.NaN)),
                replayed,
                identical);
    }

    private static Summary.Parity parity(String field, GroupFairness group) {
        return new Summary.Parity(
                field,
                group.group(),
                group.reference(),
                rounded(group.parity().estimate()),
                rounded(group.parity().low()),
                rounded(group.parity().high()));
    }

    private static double cost(Assessment found, String rule) {
        return found.costs().stream()
                .filter(each -> each.rule().equals(rule))
                .mapToDouble(Assessment.RuleCost::perDecision)
                .map(CreditShow::rounded)
                .findFirst()
                .orElse(Double.NaN);
    }

    static double rounded(double figure) {
        return Math.round(figure * 1e4) / 1e4;
    }
}
