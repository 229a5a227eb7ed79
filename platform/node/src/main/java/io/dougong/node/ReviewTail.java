package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.DecisionReader;
import io.dougong.decisions.Feedback;
import io.dougong.decisions.Outcome;
import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import io.dougong.events.Position;
import io.dougong.events.Stored;
import io.dougong.kernel.Json;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.StreamPartition;
import io.dougong.models.Task;
import io.dougong.review.CaseState;
import io.dougong.review.Fact;
import io.dougong.review.Opinion;
import io.dougong.review.ReviewCase;
import io.dougong.review.ReviewFilter;
import io.dougong.review.ReviewPolicy;
import io.dougong.review.ReviewQueue;
import io.dougong.serving.DecisionDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills the review queue from the log, and gives settled verdicts as feedback. */
final class ReviewTail implements Follower.Handler {

    static final String SOURCE = "review:";

    private static final String MARK = "\"outcome\":\"" + Outcome.REVIEW.label() + "\"";
    private static final int MOST_UNFINISHED = 1_000;

    private final Rooms rooms;
    private final ReviewQueue queue;
    private final Function<String, Optional<RunningApplication>> running;
    private volatile Offsets reached;

    ReviewTail(Rooms rooms, ReviewQueue queue, Function<String, Optional<RunningApplication>> running) {
        this.rooms = rooms;
        this.queue = queue;
        this.running = running;
        this.reached = queue.reached();
    }

    Offsets reached() {
        return reached;
    }

    /** What was done of a batch is passed over by its offset. */
    @Override
    public boolean repeats() {
        return true;
    }

    @Override
    public void handle(List<Stored> batch) {
        if (batch.isEmpty()) {
            return;
        }
        List<Fact> facts = new ArrayList<>();
        Offsets next = reached;
        for (Stored stored : batch) {
            Position at = stored.position();
            fact(stored).ifPresent(facts::add);
            next = next.with(new StreamPartition(at.stream(), at.partition()), at.offset() + 1);
        }
        queue.take(facts, next);
        facts.stream()
                .filter(Fact.Given.class::isInstance)
                .map(Fact::decisionId)
                .distinct()
                .flatMap(id -> queue.find(id).stream())
                .forEach(this::teach);
        reached = next;
    }

    private Optional<? extends Fact> fact(Stored stored) {
        byte[] data = stored.event().data();
        return switch (stored.position().stream()) {
            case SystemStreams.DECISIONS -> mayBeCase(data) ? asked(DecisionReader.read(data)) : Optional.empty();
            case SystemStreams.FEEDBACK -> known(Json.read(data, Feedback.class));
            default -> Optional.of(Json.read(data, Fact.Given.class));
        };
    }

    /** Spares the reading of most decisions. */
    private static boolean mayBeCase(byte[] record) {
        return new String(record, StandardCharsets.ISO_8859_1).contains(MARK);
    }

    private Optional<Fact.Asked> asked(Decision decision) {
        if (!ReviewDesk.isCase(decision)) {
            return Optional.empty();
        }
        Optional<DecisionDefinition> definition = definition(decision.application(), decision.name());
        ReviewPolicy policy = definition.map(DecisionDefinition::reviewPolicy).orElse(ReviewPolicy.DEFAULT);
        double probability = decision.score().probability();
        long asked = decision.question().askedMicros();
        return Optional.of(new Fact.Asked(
                decision.id(),
                decision.application(),
                decision.name(),
                decision.question().key(),
                probability,
                definition.map(known -> known.leaning(decision.score())).orElse(""),
                definition.map(known -> known.outcomes().getFirst().label()).orElse("true"),
                definition.map(known -> known.outcomes().getLast().label()).orElse("false"),
                asked,
                asked + policy.due().toNanos() / 1_000,
                policy.needed()));
    }

    /** A verdict that was given as feedback is no truth that came by itself. */
    private Optional<Fact> known(Feedback feedback) {
        return feedback.source().startsWith(SOURCE)
                ? Optional.empty()
                : Optional.of(new Fact.Known(feedback.decisionId(), feedback.label(), outcome(feedback)));
    }

    /** The outcome that the truth makes right; null of two classes, where the label says it. */
    private @Nullable String outcome(Feedback feedback) {
        return switch (feedback.known()) {
            case Truth.Flag _ -> null;
            case Truth.Named(String name) -> name;
            case Truth.Amount(double value) ->
                rooms.decisions()
                        .find(feedback.decisionId())
                        .map(DecisionLog.Entry::decision)
                        .flatMap(decision -> definition(decision.application(), decision.name()))
                        .map(definition -> definition.leaning(Score.Amount.of(value, 1)))
                        .orElse(null);
        };
    }

    private Optional<DecisionDefinition> definition(String application, String decision) {
        return running.apply(application).flatMap(found -> found.application().decision(decision));
    }

    private void teach(ReviewCase settled) {
        String outcome = settled.outcome();
        Optional<RunningApplication> application = running.apply(settled.application());
        Optional<DecisionDefinition> definition = definition(settled.application(), settled.decision());
        if (settled.state() != CaseState.SETTLED
                || outcome == null
                || application.isEmpty()
                || !definition.map(known -> known.reviewPolicy().teaches()).orElse(false)
                || rooms.log()
                        .find(SystemStreams.FEEDBACK, settled.decisionId())
                        .isPresent()) {
            return;
        }
        Task task = application.get().labels(settled.decision()).label().task();
        Optional<Truth> truth = PersonsWord.truth(definition.get(), task, outcome);
        if (truth.isEmpty()) {
            return;
        }
        String people = settled.opinions().stream()
                .filter(opinion -> opinion.outcome().equals(outcome))
                .map(Opinion::reviewer)
                .collect(Collectors.joining("+", SOURCE, ""));
        rooms.decisions()
                .find(settled.decisionId())
                .ifPresent(entry ->
                        new FeedbackDesk(rooms, application.get()).give(entry.decision(), truth.get(), people));
    }

    /** A crash may have come between a verdict and its feedback: the newest settled cases are looked at again. */
    void teachUnfinished() {
        for (String application : rooms.definitions().applications()) {
            queue.list(new ReviewFilter(application, null, false, null, MOST_UNFINISHED, 0))
                    .forEach(this::teach);
        }
    }
}
