package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.Feedback;
import io.dougong.decisions.Outcome;
import io.dougong.events.Event;
import io.dougong.events.EventLog;
import io.dougong.events.Stored;
import io.dougong.kernel.Json;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Times;
import io.dougong.review.AgreementReport;
import io.dougong.review.Fact;
import io.dougong.review.Opinion;
import io.dougong.review.ReviewCase;
import io.dougong.review.ReviewCounts;
import io.dougong.review.ReviewFilter;
import io.dougong.review.ReviewProblem;
import io.dougong.review.ReviewQueue;
import io.dougong.review.Similarity;
import io.dougong.serving.DecisionDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Settles what was left to a person. An opinion is appended to {@code sys.reviews} first; the queue follows the log. A settled
 * verdict is given as feedback where the policy says that it teaches.
 */
public final class ReviewDesk implements AutoCloseable {

    private static final String OPINION_TYPE = "io.dougong.review.v1";
    private static final int PAST = 5_000;
    private static final int NEAR = 50;

    private final Rooms rooms;
    private final EventLog log;
    private final ReviewQueue queue;
    private final ReviewTail tail;
    private final Follower follower;
    private final Function<String, Optional<RunningApplication>> running;

    ReviewDesk(Wiring wiring, Function<String, Optional<RunningApplication>> running) {
        this.rooms = wiring.rooms();
        this.log = wiring.log();
        this.queue = wiring.reviews();
        this.running = running;
        this.tail = new ReviewTail(rooms, queue, running);
        tail.teachUnfinished();
        this.follower = wiring.follow("system.reviews", SystemStreams.REVIEWED, queue.reached(), tail);
    }

    /** A past case near the one asked about, and how it came out. */
    public record SimilarCase(Decision decision, double distance, boolean label) {}

    /** Everything acknowledged so far is in the queue when it returns. */
    private void catchUp() {
        Offsets target = log.endOffsets(SystemStreams.REVIEWED);
        follower.await("review desk", () -> tail.reached().covers(target));
    }

    public List<ReviewCase> list(ReviewFilter filter) {
        application(filter.application());
        catchUp();
        return queue.list(filter);
    }

    public ReviewCase find(String decisionId) {
        return look(decisionId).orElseThrow(() -> ReviewProblem.noCase(decisionId));
    }

    /** The case of a decision, if it was one. */
    Optional<ReviewCase> look(String decisionId) {
        catchUp();
        return queue.find(decisionId);
    }

    public ReviewCounts counts(String application) {
        RunningApplication found = application(application);
        catchUp();
        return queue.counts(application, nowMicros(found));
    }

    public AgreementReport agreement(String application) {
        application(application);
        catchUp();
        return queue.agreement(application);
    }

    /** What counts as now when a case is due: the newest event of the application, so that a replay is judged by its own time. */
    public long nowMicros(String application) {
        return nowMicros(application(application));
    }

    private long nowMicros(RunningApplication application) {
        long newest = application.counts().snapshot().newestMicros();
        return newest == Long.MIN_VALUE ? Times.micros(rooms.settings().clock().instant()) : newest;
    }

    private RunningApplication application(String name) {
        return running.apply(name).orElseThrow(() -> NodeProblem.unknownApplication(name, ""));
    }

    /** Takes one person's opinion; durable and in the queue when it returns. */
    public ReviewCase give(String decisionId, String outcome, String note, String reviewer) {
        ReviewCase open = find(decisionId);
        check(open, outcome, reviewer);
        Opinion opinion = new Opinion(reviewer, outcome, note, nowMicros(open.application()));
        Event event = Event.of(
                decisionId + "/" + reviewer,
                "/node",
                OPINION_TYPE,
                decisionId,
                opinion.givenMicros(),
                Json.bytes(new Fact.Given(decisionId, opinion)));
        EventLog.await(log.append(SystemStreams.REVIEWS, event));
        return find(decisionId);
    }

    private void check(ReviewCase open, String outcome, String reviewer) {
        if (!open.state().waits()) {
            throw ReviewProblem.over(open);
        }
        if (open.opinions().stream().anyMatch(opinion -> opinion.reviewer().equals(reviewer))) {
            throw ReviewProblem.saidBefore(reviewer);
        }
        List<String> known = outcomes(open);
        if (!known.contains(outcome)) {
            throw ReviewProblem.unknownOutcome(outcome, known);
        }
    }

    /** What a person may say about a case. */
    public List<String> outcomes(ReviewCase open) {
        return application(open.application()).endpoint(open.decision()).definition().outcomes().stream()
                .map(DecisionDefinition.OutcomeBand::label)
                .toList();
    }

    /** Of the newest decisions with a known truth those most like this one, the nearest first. */
    public List<SimilarCase> similar(String decisionId, int most) {
        Decision asked = rooms.decisions()
                .find(decisionId)
                .orElseThrow(() -> ReviewProblem.noCase(decisionId))
                .decision();
        List<Decision> past = new ArrayList<>();
        rooms.decisions().latest(PAST).forEach(entry -> {
            Decision decision = entry.decision();
            if (decision.application().equals(asked.application())
                    && decision.name().equals(asked.name())) {
                past.add(decision);
            }
        });
        return new Similarity(past)
                .nearest(asked, NEAR).stream()
                        .flatMap(near -> truth(near).stream())
                        .limit(most)
                        .toList();
    }

    private Optional<SimilarCase> truth(Similarity.Neighbour near) {
        return log.find(SystemStreams.FEEDBACK, near.decision().id())
                .map(Stored::event)
                .map(event -> Json.read(event.data(), Feedback.class))
                .map(feedback -> new SimilarCase(near.decision(), near.distance(), feedback.label()));
    }

    static boolean isCase(Decision decision) {
        return decision.outcome().equals(Outcome.REVIEW);
    }

    /** Why it stopped, if it did. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(follower.failure());
    }

    @Override
    public void close() {
        follower.close();
    }
}
