package io.dougong.apps.tabular;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import io.dougong.events.EventLog;
import io.dougong.node.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;

/** Asks about some test rows, as a client would, and tells what turned out: the console has something to show. */
final class FirstAnswers {

    private static final String BY = "try";
    private static final int ANSWERED = 100;
    /** Sure enough to show, not so sure that nothing speaks against it. */
    private static final double SHOWN_CLASS = 0.85;

    private final Node node;
    private final Options options;
    private final Layout layout;
    private final double threshold;

    FirstAnswers(Node node, Options options, Layout layout, double threshold) {
        this.node = node;
        this.options = options;
        this.layout = layout;
        this.threshold = threshold;
    }

    Report.Example ask(List<Holdout.Held> rows, List<Score> scores) {
        List<Holdout.Held> chosen = new ArrayList<>(rows.subList(0, Math.min(ANSWERED, rows.size())));
        chosen.add(rows.get(example(scores)));
        List<CompletableFuture<DecisionLog.Entry>> asked = new ArrayList<>();
        for (Holdout.Held row : chosen) {
            asked.add(node.decide(options.name(), Draft.DECISION, null, question(row)));
        }
        Decision shown = EventLog.await(asked.getLast()).decision();
        for (int i = 0; i < chosen.size() - 1; i++) {
            String id = EventLog.await(asked.get(i)).decision().id();
            node.feedback(id, Truth.of(chosen.get(i).truth()), BY);
        }
        String question = new String(question(chosen.getLast()), StandardCharsets.UTF_8);
        writeQuestion(question);
        double probability = shown.score().probability();
        return new Report.Example(
                shown.id(),
                question,
                shown.outcome().label(),
                words(shown.score(), shown.outcome().label()),
                Double.isNaN(probability) ? null : (Double) probability,
                shown.reasons());
    }

    private byte[] question(Holdout.Held row) {
        return layout.asking(row.key(), row.micros(), row.values());
    }

    /** The row nearest to what is worth showing. */
    private int example(List<Score> scores) {
        double middle = scores.stream()
                .mapToDouble(Score::margin)
                .sorted()
                .skip(scores.size() / 2)
                .findFirst()
                .orElse(0);
        ToDoubleFunction<Score> distance = score -> Math.abs(
                switch (score) {
                    case Score.Binary binary -> binary.probability() - (1 + 2 * threshold) / 3;
                    case Score.Classes classes -> classes.probability() - SHOWN_CLASS;
                    case Score.Amount amount -> amount.value() - middle;
                });
        int best = 0;
        for (int i = 1; i < scores.size(); i++) {
            best = distance.applyAsDouble(scores.get(i)) < distance.applyAsDouble(scores.get(best)) ? i : best;
        }
        return best;
    }

    /** What belongs behind the outcome, which may have named the class already. */
    static String words(Score score, String outcome) {
        return switch (score) {
            case Score.Binary binary -> String.format(Locale.ROOT, "with probability %.2f", binary.probability());
            case Score.Classes classes ->
                (outcome.equals(classes.top()) ? "" : "('" + classes.top() + "') ")
                        + String.format(Locale.ROOT, "with probability %.2f", classes.probability());
            case Score.Amount amount ->
                String.format(
                        Locale.ROOT,
                        "%.4g, expected between %.4g and %.4g",
                        amount.value(),
                        amount.low(),
                        amount.high());
        };
    }

    private void writeQuestion(String question) {
        try {
            Files.writeString(options.home().resolve("question.json"), question + "\n");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
