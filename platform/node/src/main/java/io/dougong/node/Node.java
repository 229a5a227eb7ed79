package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.DecisionProblem;
import io.dougong.decisions.Feedback;
import io.dougong.decisions.Receipt;
import io.dougong.decisions.Replay;
import io.dougong.decisions.Truth;
import io.dougong.events.Appended;
import io.dougong.events.DeadLetter;
import io.dougong.events.Position;
import io.dougong.events.Stored;
import io.dougong.events.StreamInfo;
import io.dougong.features.EntityState;
import io.dougong.features.FeatureInfo;
import io.dougong.kernel.Ids;
import io.dougong.kernel.Json;
import io.dougong.kernel.StreamPartition;
import io.dougong.kernel.Times;
import io.dougong.lake.ExternalFiles;
import io.dougong.lake.Snapshot;
import io.dougong.lake.SqlLimits;
import io.dougong.lake.SqlResult;
import io.dougong.lake.TableInfo;
import io.dougong.manifest.Application;
import io.dougong.manifest.Plan;
import io.dougong.operate.Observation;
import io.dougong.operate.Reading;
import io.dougong.tracking.Tracking;
import io.dougong.trust.AuditReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One running node: everything the platform does, without HTTP. Safe for use by many threads; calls touch the disk, so make them on
 * platform threads.
 *
 * <p>{@code by} is who asks, as it shall stand in the audit chain, e.g. {@code token:3f1c} or {@code system}.
 */
public final class Node implements AutoCloseable {

    private static final String RECEIPT_POSITION = "%s@%d";

    private final Wiring wiring;
    private final Rooms rooms;
    private final Applications applications;
    private final Replays replays;
    private final Models models;
    private final Ids ids;
    private final ReviewDesk desk;

    private Node(Wiring wiring) {
        this.wiring = wiring;
        this.rooms = wiring.rooms();
        this.ids = wiring.ids();
        this.applications = new Applications(wiring);
        this.models = new Models(rooms, wiring.training(), applications);
        this.replays = new Replays(rooms);
        this.desk = new ReviewDesk(wiring, applications::find);
    }

    /** Opens the home folder, repairs what a crash has left, and starts the applications in it. */
    public static Node open(NodeSettings settings) {
        return new Node(Wiring.open(settings));
    }

    // Applications

    public List<Application> applications() {
        return applications.all().stream().map(RunningApplication::application).toList();
    }

    public Application application(String name) {
        return running(name).application();
    }

    private RunningApplication running(String name) {
        return applications.needed(name);
    }

    /** What {@link #apply} would do. */
    public Plan plan(Application wanted) {
        return applications.plan(wanted);
    }

    /** Brings the application to what is wanted; nothing happens if it is there already. */
    public Plan apply(Application wanted, String by) {
        return applications.apply(wanted, by);
    }

    // Events

    /** Appends events given as JSON; completes when they are durable. All of them or none. */
    public CompletableFuture<List<Appended>> append(String application, String stream, List<byte[]> events) {
        return rooms.log().append(running(application).events(stream, events));
    }

    /** One event of a batch over several streams. */
    public record StreamEvent(String stream, byte[] json) {}

    /** The same over several streams of the application, in this order. */
    public CompletableFuture<List<Appended>> append(String application, List<StreamEvent> events) {
        RunningApplication target = running(application);
        return rooms.log()
                .append(events.stream()
                        .map(event -> target.event(event.stream(), event.json()))
                        .toList());
    }

    /** The stream as it stands in the log. */
    public StreamInfo stream(String application, String stream) {
        return rooms.log().stream(running(application).stream(stream).qualified());
    }

    /** The first offset that was stored at or after the instant; the end if there is none. */
    public long offsetAt(String application, String stream, int partition, long timeMicros) {
        String qualified = running(application).stream(stream).qualified();
        return rooms.log().offsetAt(new StreamPartition(qualified, partition), timeMicros);
    }

    /** Events of one partition from an offset on. */
    public List<Stored> read(String application, String stream, int partition, long offset, int most) {
        String qualified = running(application).stream(stream).qualified();
        return rooms.log().read(new Position(qualified, partition, offset), most);
    }

    /** Events that were put aside, with the reasons; the oldest first. */
    public List<DeadLetter> deadLetters(String application, String stream, long fromOffset, int most) {
        return rooms.log().deadLetters(running(application).stream(stream).qualified(), fromOffset, most);
    }

    /** How many appended events wait to be decided and counted. */
    public long lag(String application) {
        return running(application).lag();
    }

    /** Waits until everything appended so far has been decided and is in the features. */
    public void awaitDecided(String application) {
        running(application).awaitPipeline();
    }

    /** Waits until everything appended so far is in the lake. */
    public void awaitLake(String application) {
        running(application).awaitLake();
        wiring.awaitSystemTables();
    }

    // Decisions

    /**
     * Decides; completes when the decision is durable.
     *
     * @param requestId repeats of one request are answered once; null for a new question
     * @param json the question: an event of the stream that asks
     */
    public CompletableFuture<DecisionLog.Entry> decide(
            String application, String decision, @Nullable String requestId, byte[] json) {
        RunningApplication target = running(application);
        if (requestId == null) {
            return target.decide(decision, ids.next(), json);
        }
        String id = Ids.derived(application + "/" + decision + "/request/" + requestId);
        return rooms.decisions()
                .find(id)
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> target.decide(decision, id, json));
    }

    public DecisionLog.Entry decision(String id) {
        return rooms.decisions().find(id).orElseThrow(() -> DecisionProblem.unknown(id));
    }

    /** The newest first. */
    public List<DecisionLog.Entry> decisions(int most) {
        return rooms.decisions().latest(most);
    }

    /** Decisions in log order. */
    public DecisionLog decisionLog() {
        return rooms.decisions();
    }

    /** What turned out to be true, in log order, from the offset on; empty at the end. */
    public List<Feedback> feedback(int partition, long offset, int most) {
        return rooms.log().read(new Position(SystemStreams.FEEDBACK, partition, offset), most).stream()
                .map(stored -> Json.read(stored.event().data(), Feedback.class))
                .toList();
    }

    /** How many decisions there are. */
    public long decisionCount() {
        return wiring.log().stream(SystemStreams.DECISIONS).events();
    }

    public Replay replay(String id, Replay.Request request) {
        return replay(decision(id).decision(), request);
    }

    public Replay replay(Decision recorded, Replay.Request request) {
        if (request.asOfLake()) {
            awaitLake(recorded.application());
        }
        return replays.replay(recorded, request);
    }

    /** Says what turned out to be true; only the first truth about a decision counts. */
    public Feedback feedback(String id, boolean label, String by) {
        return feedback(id, new Truth.Flag(label), by);
    }

    /** The same for a decision that is not about two classes: the name of the true class, or the number. */
    public Feedback feedback(String id, Truth truth, String by) {
        return new FeedbackDesk(rooms, running(decision(id).decision().application()))
                .give(decision(id).decision(), truth, by);
    }

    /** The truth about a decision, if it is known. */
    public Optional<Feedback> feedbackOf(String id) {
        return rooms.log()
                .find(SystemStreams.FEEDBACK, id)
                .map(stored -> Json.read(stored.event().data(), Feedback.class));
    }

    public Receipt receipt(String id) {
        DecisionLog.Entry entry = decision(id);
        Stored stored = rooms.log().find(SystemStreams.DECISIONS, id).orElseThrow(() -> DecisionProblem.unknown(id));
        return Receipt.issue(
                stored.event().data(),
                RECEIPT_POSITION.formatted(entry.partition(), entry.offset()),
                Times.micros(rooms.settings().clock().instant()),
                wiring.signatory());
    }

    /** The letter that explains a refusal to the person, in Simplified Chinese or English. */
    public String letter(String id, boolean chinese) {
        return new Letters(replays, desk).write(decision(id).decision(), chinese);
    }

    /** Whether a decision refused, or a person settled it so, where refusals are explained by letter. */
    public boolean hasLetter(Decision decision) {
        return new Letters(replays, desk).explains(decision);
    }

    /** The desk where decisions with outcome REVIEW wait for a person. */
    public ReviewDesk reviews() {
        return desk;
    }

    // Models

    /** Training, versions, and which of them plays which role. */
    public Models models() {
        return models;
    }

    /** Experiments, runs and what was registered from them, by clients and by the platform itself. */
    public Tracking tracking() {
        return wiring.tracking();
    }

    // Monitors and healing

    /** Every monitor of the application: quality and drift of its decisions, the feeds of its streams. */
    public List<Reading> monitors(String application) {
        return running(application).monitoring().readings();
    }

    /** How the healing of each healed model stands, and its story. */
    public List<HealingStatus> healing(String application) {
        return running(application).monitoring().healing();
    }

    /** A person holds, resumes, approves or undoes; in force once the pipeline has come to it in the log. */
    public void heal(String application, String model, Observation.Kind act, String by) {
        RunningApplication target = running(application);
        target.model(model);
        if (!target.monitoring().heals(model)) {
            throw NodeProblem.notHealed(model);
        }
        rooms.administration().record(new AdminEvent.Healed(application, model, act, by));
    }

    // Features

    /** Recomputes every recorded feature value from the lake, once it has taken in everything appended so far. */
    public FeatureCheck verifyFeatures(String application) {
        awaitLake(application);
        return new FeatureVerification(rooms, running(application)).run();
    }

    public List<FeatureInfo> features(String application) {
        return running(application).features().features();
    }

    /**
     * What is known of one entity, for people; empty if it is not known.
     *
     * @param key one value per entity field of the view
     */
    public Optional<EntityState> show(String application, String view, List<Object> key, long atMicros) {
        RunningApplication target = running(application);
        target.view(view);
        return Optional.ofNullable(target.features().show(view, key, atMicros));
    }

    // Lake

    /** Every table of the lake, by name. */
    public List<TableInfo> tables() {
        return rooms.lake().tables();
    }

    /** The table's snapshots that have not expired, oldest first. */
    public List<Snapshot> snapshots(String table) {
        return rooms.lake().table(table).snapshots();
    }

    public SqlResult sql(String query, SqlLimits limits) {
        return rooms.lake().sql(query, limits);
    }

    /** Reads Parquet and CSV files that an operator names. */
    public ExternalFiles files() {
        return wiring.files();
    }

    // Trust

    public AuditReport verifyAudit() {
        return wiring.verifyAudit();
    }

    public AuditCopies auditCopies() {
        return wiring.auditCopies();
    }

    /** Who may call, and the keys of persons. */
    public Keyring keyring() {
        return new Keyring(rooms, wiring.tokens());
    }

    // Operation

    /** Writes a copy from which a node can be restored, while this one runs on; the folder must not exist yet. */
    public void backup(Path target) {
        new Backup(rooms.home(), rooms.log()).write(target);
    }

    /** Fills an empty home folder from a backup; what is derived is built from the log at the next opening. */
    public static void restore(Path backup, Path home) {
        Backup.restore(backup, home);
    }

    /**
     * Brings the folder of a node that does not run to this release, after a copy of it was made, and shows that what was recorded
     * still gives the same bits.
     */
    public static Upgrade upgrade(NodeSettings settings, Path backup) {
        return Upgrade.of(settings, backup);
    }

    public Status status() {
        List<String> failures = new ArrayList<>(wiring.failures());
        desk.failure().map(String::valueOf).ifPresent(failures::add);
        return new Status(
                applications.all().stream().map(Status::of).toList(),
                wiring.log().streams(),
                failures);
    }

    /** Quality of the labelled decisions since the start. */
    public LiveReport liveReport(String application, String decision) {
        RunningApplication target = running(application);
        target.endpoint(decision);
        return LiveReport.of(target, decision);
    }

    /** Costs, fairness and stability of the recorded decisions. */
    public Assessment assess(String application, String decision) {
        return new Assessor(rooms, wiring.references(), running(application), decision, this::feedbackOf).assess();
    }

    @Override
    public void close() {
        desk.close();
        applications.close();
        wiring.close();
    }
}
