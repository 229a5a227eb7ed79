package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionLog;
import io.dougong.events.Addressed;
import io.dougong.events.EventProblem;
import io.dougong.events.Start;
import io.dougong.events.StreamConfig;
import io.dougong.features.FeatureDefinitions;
import io.dougong.features.FeatureStore;
import io.dougong.features.FeatureStream;
import io.dougong.features.FeatureView;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.Stages;
import io.dougong.kernel.StreamPartition;
import io.dougong.kernel.Suggest;
import io.dougong.kernel.Times;
import io.dougong.learn.ModelDefinition;
import io.dougong.manifest.Application;
import io.dougong.manifest.ApplicationStream;
import io.dougong.serving.Ask;
import io.dougong.serving.DecisionDefinition;
import io.dougong.serving.Endpoint;
import io.dougong.serving.PersonalValues;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One application at work on a node: its streams, features, endpoints, and the threads that follow its events. */
final class RunningApplication implements AutoCloseable {

    private static final long WRITTEN_PAUSE_NANOS = 500_000;

    private final Application application;
    private final Rooms rooms;
    private final Map<String, NodeStream> streams = new LinkedHashMap<>();
    private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    private final Map<String, Labels> labels = new LinkedHashMap<>();
    private final FeatureStore features;
    private final Rollouts rollouts;
    private final Recorder recorder;
    private final Pending pending = new Pending();
    private final PipelineCounts counts = new PipelineCounts();
    private final Monitoring monitoring;
    private final Pipeline mainPath;
    private final Checkpointing checkpoints;
    private final LakeSink sink;
    private final Follower pipeline;
    private final Follower lake;
    private volatile Map<String, Long> liveSince;

    RunningApplication(Application application, Rooms rooms, Training training, References references) {
        this.application = application;
        this.rooms = rooms;
        this.liveSince = rooms.definitions().liveSince(application.name());
        for (ApplicationStream declared : application.streams()) {
            streams.put(declared.name(), stream(declared));
        }
        this.features = rooms.features().apply(application.name());
        features.define(FeatureDefinitions.of(application.features(), featureStreams()));
        this.rollouts = new Rollouts(application.name(), rooms.definitions(), rooms.arms(), features);
        this.recorder = new Recorder(
                rooms.log(), rooms.decisions(), new PersonalValues(rooms.vault(), Personal.fields(application)));
        this.checkpoints = new Checkpointing(application.name(), rooms, features, endpoints, counts);
        ThresholdFile.Generation kept = checkpoints.kept();
        for (DecisionDefinition decision : application.decisions()) {
            add(decision, kept);
        }
        new PendingRebuild(rooms.log(), rooms.decisions(), pending).rebuild(application.name(), kept.decided());
        this.monitoring = new MonitoringAssembly(this, rooms, training, references)
                .assemble(checkpoints.keptMonitors(kept.decided()), this::mainPath);
        Offsets start = start(qualified(features.applied()), kept.decided());
        counts.start(start);
        this.sink = sink();
        this.mainPath = pipeline(kept.decided());
        this.pipeline = follow("pipeline", start, mainPath);
        this.lake = follow("lake", sink.reached(), sink);
    }

    private NodeStream stream(ApplicationStream declared) {
        String subject = application.decisions().stream()
                .filter(decision -> decision.stream().equals(declared.name()) && decision.subject() != null)
                .map(DecisionDefinition::subject)
                .findFirst()
                .orElse(null);
        NodeStream stream = new NodeStream(application.name(), declared, subject, rooms.vault());
        rooms.log()
                .create(new StreamConfig(
                        stream.qualified(),
                        declared.definition().partitions(),
                        declared.definition().retention()));
        return stream;
    }

    private Map<String, FeatureStream> featureStreams() {
        Map<String, FeatureStream> compiled = new HashMap<>();
        streams.forEach((name, stream) -> compiled.put(name, stream.featureStream()));
        return compiled;
    }

    private void add(DecisionDefinition decision, ThresholdFile.Generation kept) {
        Endpoint endpoint = new Endpoint(
                new Endpoint.Identity(
                        application.name(),
                        application.version().hex(),
                        features.definitions().version()),
                decision,
                rooms.settings().clock());
        endpoint.restore(kept.of(decision.name()));
        rollouts.of(decision, asking(decision).derivation().output()).ifPresent(endpoint::rollOut);
        endpoints.put(decision.name(), endpoint);
        ModelDefinition model = application.model(decision.model()).orElseThrow();
        labels.put(decision.name(), Labels.of(decision, model.label(), stream(model.label().stream())));
    }

    private NodeStream asking(DecisionDefinition decision) {
        return stream(decision.stream());
    }

    private LakeSink sink() {
        LakeSink made = new LakeSink(rooms.settings().clock(), rooms.settings().lakeCommit());
        for (NodeStream stream : streams.values()) {
            EventTable table = EventTable.of(stream, rooms.lake());
            made.feed(stream.qualified(), table.table(), table::row);
        }
        return made;
    }

    private Pipeline pipeline(Offsets decided) {
        Map<String, NodeStream> byQualified = new HashMap<>();
        streams.values().forEach(stream -> byQualified.put(stream.qualified(), stream));
        return new Pipeline(
                byQualified,
                decided,
                model -> liveSince.getOrDefault(model, Long.MAX_VALUE),
                List.copyOf(endpoints.values()),
                List.copyOf(labels.values()),
                features,
                rooms.log(),
                recorder,
                pending,
                counts,
                monitoring,
                recordedBefore(),
                checkpoints);
    }

    private Pipeline mainPath() {
        return mainPath;
    }

    /** What was asked before a crash is not asked again: versions may have changed since. */
    private Pipeline.Recorded recordedBefore() {
        Offsets ends = ends();
        return (asking, id) -> asking.offset() < ends.of(new StreamPartition(asking.stream(), asking.partition()))
                ? rooms.decisions().find(id).map(DecisionLog.Entry::decision)
                : Optional.empty();
    }

    private Follower follow(String what, Offsets from, Follower.Handler handler) {
        Set<String> names = streams.values().stream().map(NodeStream::qualified).collect(Collectors.toSet());
        String group = application.name() + "." + what;
        return new Follower(group, rooms.log().subscribe(group, names, Start.at(from)), handler).start();
    }

    /** Feature offsets name streams as the manifest does; the log knows them by application and name. */
    private Offsets qualified(Offsets plain) {
        Offsets qualified = Offsets.NONE;
        for (Map.Entry<StreamPartition, Long> entry : plain.next().entrySet()) {
            String stream = NodeStream.qualified(application.name(), entry.getKey().stream());
            qualified =
                    qualified.with(new StreamPartition(stream, entry.getKey().partition()), entry.getValue());
        }
        return qualified;
    }

    /** Where the features are to go on, from the beginning if they have seen nothing; a stream that no view is about, where it was decided. */
    private Offsets start(Offsets applied, Offsets decided) {
        Set<String> viewed = application.features().stream()
                .map(view -> NodeStream.qualified(application.name(), view.stream()))
                .collect(Collectors.toSet());
        Offsets start = applied;
        for (Map.Entry<StreamPartition, Long> entry : decided.next().entrySet()) {
            if (!viewed.contains(entry.getKey().stream())) {
                start = start.with(entry.getKey(), entry.getValue());
            }
        }
        return start;
    }

    Application application() {
        return application;
    }

    FeatureStore features() {
        return features;
    }

    Collection<NodeStream> streams() {
        return streams.values();
    }

    NodeStream stream(String name) {
        NodeStream stream = streams.get(name);
        if (stream == null) {
            throw NodeProblem.unknownPart("stream", name, application.name(), Suggest.near(name, streams.keySet()));
        }
        return stream;
    }

    Endpoint endpoint(String decision) {
        Endpoint endpoint = endpoints.get(decision);
        if (endpoint == null) {
            throw NodeProblem.unknownPart(
                    "decision", decision, application.name(), Suggest.near(decision, endpoints.keySet()));
        }
        return endpoint;
    }

    Labels labels(String decision) {
        Labels found = labels.get(endpoint(decision).definition().name());
        if (found == null) {
            throw new IllegalStateException("every decision has labels, '" + decision + "' has none");
        }
        return found;
    }

    ModelDefinition model(String name) {
        return application
                .model(name)
                .orElseThrow(() -> NodeProblem.unknownPart(
                        "model",
                        name,
                        application.name(),
                        Suggest.near(
                                name,
                                application.models().stream()
                                        .map(ModelDefinition::name)
                                        .toList())));
    }

    FeatureView view(String name) {
        return application
                .view(name)
                .orElseThrow(() -> NodeProblem.unknownPart(
                        "view",
                        name,
                        application.name(),
                        Suggest.near(
                                name,
                                application.features().stream()
                                        .map(FeatureView::name)
                                        .toList())));
    }

    PipelineCounts counts() {
        return counts;
    }

    Monitoring monitoring() {
        return monitoring;
    }

    Pending pending() {
        return pending;
    }

    Recorder recorder() {
        return recorder;
    }

    /** Puts roles that changed to work. */
    void rolesChanged() {
        liveSince = rooms.definitions().liveSince(application.name());
        for (Endpoint endpoint : endpoints.values()) {
            DecisionDefinition decision = endpoint.definition();
            rollouts.of(decision, asking(decision).derivation().output()).ifPresent(endpoint::rollOut);
        }
    }

    /** Decides a question that came with a request. */
    CompletableFuture<DecisionLog.Entry> decide(String decision, String id, byte[] json) {
        Endpoint endpoint = endpoint(decision);
        NodeStream stream = asking(endpoint.definition());
        Row row = Stages.within("read", () -> stream.derived(stream.read(json)));
        Ask ask = new Ask(id, stream.key(row), stream.subject(row).orElse(null), row, stream.timeMicros(row));
        Decision answer = endpoint.answer(ask);
        pending.add(answer);
        counts.decision(answer);
        monitoring.decided(answer);
        return Stages.until("record", () -> recorder.record(answer));
    }

    List<Addressed> events(String stream, List<byte[]> json) {
        return json.stream().map(one -> event(stream, one)).toList();
    }

    /** @throws io.dougong.events.EventProblem if the event's time is too far ahead of the clock */
    Addressed event(String stream, byte[] json) {
        Addressed event = stream(stream).event(json);
        Instant now = rooms.settings().clock().instant();
        Duration most = rooms.settings().maxAhead();
        if (event.event().timeMicros() > Times.micros(now.plus(most))) {
            throw EventProblem.ahead(stream, Times.instant(event.event().timeMicros()), most);
        }
        return event;
    }

    /** Waits until everything appended so far is in the features and decided. */
    void awaitPipeline() {
        Offsets target = ends();
        pipeline.await("pipeline", () -> counts.caughtUp(target) && counts.allWritten());
        Throwable unwritten = counts.writeFailure();
        if (unwritten != null) {
            throw NodeProblem.stopped("pipeline", unwritten);
        }
    }

    /** Waits, on the pipeline's own thread, until what it has written so far can be read. */
    void awaitWritten() {
        while (!counts.allWritten() && counts.writeFailure() == null) {
            LockSupport.parkNanos(WRITTEN_PAUSE_NANOS);
        }
    }

    /** Waits until everything appended so far is in the lake. */
    void awaitLake() {
        sink.await(ends(), lake);
    }

    /** How many events wait for the pipeline. */
    long lag() {
        return counts.lag(ends());
    }

    /** The same for each stream, by its full name. */
    Map<String, Long> lagByStream() {
        Map<String, SortedMap<StreamPartition, Long>> ends = new TreeMap<>();
        ends().next()
                .forEach((partition, end) -> ends.computeIfAbsent(partition.stream(), _ -> new TreeMap<>())
                        .put(partition, end));
        Map<String, Long> lags = new TreeMap<>();
        ends.forEach((stream, partitions) -> lags.put(stream, counts.lag(new Offsets(partitions))));
        return lags;
    }

    /** How many events wait for the lake. */
    long lakeLag() {
        Offsets reached = sink.reached();
        return ends().next().entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - reached.of(end.getKey())))
                .sum();
    }

    private Offsets ends() {
        return rooms.log()
                .endOffsets(streams.values().stream().map(NodeStream::qualified).collect(Collectors.toSet()));
    }

    /** Why a follower stopped, if one did. */
    List<String> failures() {
        return Stream.of(pipeline.failure(), lake.failure(), counts.writeFailure())
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
    }

    @Override
    public void close() {
        pipeline.close();
        lake.close();
        try (features) {
            if (pipeline.failure() == null) {
                checkpoints.write(monitoring);
            }
        }
    }
}
