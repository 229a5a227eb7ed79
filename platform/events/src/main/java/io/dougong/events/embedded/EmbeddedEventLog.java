package io.dougong.events.embedded;

import io.dougong.events.Addressed;
import io.dougong.events.Appended;
import io.dougong.events.DeadLetter;
import io.dougong.events.Event;
import io.dougong.events.EventLog;
import io.dougong.events.EventProblem;
import io.dougong.events.Partitioner;
import io.dougong.events.Position;
import io.dougong.events.Rejection;
import io.dougong.events.Start;
import io.dougong.events.Stored;
import io.dougong.events.StreamConfig;
import io.dougong.events.StreamInfo;
import io.dougong.events.Subscription;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.StreamPartition;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The event log in one folder of one process. Sequence is the exact order of commit. Reading methods call native code and may wait for the
 * disk: platform threads only. {@link #append} only encodes and queues: any thread.
 */
public final class EmbeddedEventLog implements EventLog {

    private final EmbeddedSettings settings;
    private final StoreGate gate;
    private final Catalog catalog = new Catalog();
    private final Arrivals arrivals = new Arrivals();
    private final LogReader reader;
    private final Committer committer;
    private final RetentionSweep sweep;
    private final Map<String, Group> groups = new HashMap<>();
    private final Object creating = new Object();
    private volatile boolean closed;

    private EmbeddedEventLog(Path folder, EmbeddedSettings settings, InstantSource clock, SyncedWriter writer) {
        this.settings = settings;
        this.gate = new StoreGate(folder, settings);
        this.reader = new LogReader(gate, settings);
        try {
            Catalog.Newest newest = gate.read(folder.toString(), catalog::load);
            this.committer = new Committer(gate, catalog, newest, settings, clock, writer, arrivals);
        } catch (RuntimeException unreadable) {
            gate.close();
            throw unreadable;
        }
        this.sweep = new RetentionSweep(catalog, reader, committer);
    }

    /**
     * Opens the log of this folder, or makes one. What had to be cut off after a crash is in {@link #openReport}.
     *
     * @throws EventProblem.Corrupt if acknowledged events are damaged
     * @throws io.dougong.kernel.StorageProblem if the folder is in use or cannot be read
     */
    public static EmbeddedEventLog open(Path folder, EmbeddedSettings settings, InstantSource clock) {
        return open(folder, settings, clock, RocksDB::write);
    }

    static EmbeddedEventLog open(Path folder, EmbeddedSettings settings, InstantSource clock, SyncedWriter writer) {
        EmbeddedEventLog log = new EmbeddedEventLog(folder, settings, clock, writer);
        log.committer.start();
        return log;
    }

    /** What the last opening found, also one that followed a failed write. */
    public OpenReport openReport() {
        return gate.report();
    }

    /** Reads every byte back and checks it. Takes as long as reading the folder takes; appends go on meanwhile. */
    public VerifyReport verify() {
        return new Verifier(gate, catalog, reader).run();
    }

    @Override
    public void create(StreamConfig config) {
        if (config.name().endsWith(DeadLetter.SUFFIX)) {
            throw EventProblem.reservedName(config.name());
        }
        createAny(config);
        createAny(new StreamConfig(DeadLetter.streamOf(config.name()), 1, config.retention()));
    }

    private void createAny(StreamConfig config) {
        synchronized (creating) {
            StreamState there = catalog.find(config.name());
            if (there == null) {
                StreamState fresh = new StreamState(catalog.nextId(), config);
                define(fresh.id, config, () -> catalog.put(fresh));
            } else if (there.config().partitions() != config.partitions()) {
                throw EventProblem.partitionsDiffer(
                        config.name(), there.config().partitions(), config.partitions());
            } else if (!there.config().equals(config)) {
                define(there.id, config, () -> there.configure(config));
            }
        }
    }

    private void define(int id, StreamConfig config, Runnable afterSync) {
        byte[] key = Keys.stream(config.name());
        byte[] value = Catalog.encode(id, config);
        committer.change(staging -> staging.put(staging.store().meta(), key, value), afterSync);
    }

    @Override
    public List<StreamInfo> streams() {
        return catalog.all().stream().map(StreamState::info).toList();
    }

    @Override
    public StreamInfo stream(String name) {
        return catalog.stream(name).info();
    }

    @Override
    public CompletableFuture<List<Appended>> append(List<Addressed> batch) {
        if (batch.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        try {
            AppendRequest request = encode(batch);
            committer.offer(request);
            return request.future;
        } catch (EventProblem refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private AppendRequest encode(List<Addressed> batch) {
        List<AppendRequest.Encoded> events = new ArrayList<>(batch.size());
        for (Addressed addressed : batch) {
            Event event = addressed.event();
            StreamState stream = catalog.stream(addressed.stream());
            PartitionState partition = stream.partitions.get(Partitioner.partition(event, stream.partitions.size()));
            byte[] record = RecordFormat.encode(event);
            if (record.length > settings.maxEventBytes()) {
                throw EventProblem.eventTooLarge(event.id(), record.length, settings.maxEventBytes());
            }
            events.add(new AppendRequest.Encoded(partition, stream, event.id(), record));
        }
        AppendRequest request = new AppendRequest(events);
        if (request.bytes() > settings.maxQueuedBytes()) {
            throw EventProblem.batchTooLarge(request.bytes(), settings.maxQueuedBytes());
        }
        return request;
    }

    @Override
    public List<Stored> read(Position from, int max) {
        refuseIfClosed();
        return reader.read(catalog.partition(from.streamPartition()), from.offset(), max);
    }

    @Override
    public long startOffset(StreamPartition partition) {
        return catalog.partition(partition).start();
    }

    @Override
    public long endOffset(StreamPartition partition) {
        return catalog.partition(partition).end();
    }

    @Override
    public Offsets endOffsets(Set<String> streams) {
        SortedMap<StreamPartition, Long> ends = new TreeMap<>();
        for (PartitionState partition : partitions(streams)) {
            ends.put(partition.name, partition.end());
        }
        return new Offsets(ends);
    }

    private Set<PartitionState> partitions(Set<String> streams) {
        Set<PartitionState> partitions = new HashSet<>();
        streams.forEach(name -> partitions.addAll(catalog.stream(name).partitions));
        return partitions;
    }

    @Override
    public Optional<Stored> find(String stream, String eventId) {
        return reader.find(catalog.stream(stream), eventId);
    }

    @Override
    public long offsetAt(StreamPartition partition, long timeMicros) {
        return reader.offsetAt(catalog.partition(partition), timeMicros);
    }

    @Override
    public Subscription subscribe(String group, Set<String> streams, Start start) {
        refuseIfClosed();
        StreamConfig.checkName(group);
        Set<PartitionState> subscribed = partitions(streams);
        Offsets committed = committed(group);
        synchronized (groups) {
            Group shared = groups.computeIfAbsent(group, Group::new);
            GroupMember member = new GroupMember(this, group, shared, subscribed);
            shared.join(member, committed, start, this::resolve);
            arrivals.announce();
            return member;
        }
    }

    private long resolve(PartitionState partition, Start start) {
        return switch (start) {
            case Start.Earliest _ -> partition.start();
            case Start.Latest _ -> partition.end();
            case Start.At at -> within(partition, at.offsets().of(partition.name));
            case Start.AtTime at -> reader.offsetAt(partition, at.micros());
        };
    }

    private static long within(PartitionState partition, long offset) {
        if (offset < 0 || offset > partition.end()) {
            throw EventProblem.badOffset(partition.name, offset, partition.end());
        }
        return offset;
    }

    void leave(String name, Group group, GroupMember member) {
        synchronized (groups) {
            if (group.leave(member)) {
                groups.remove(name, group);
            }
        }
    }

    /** Writes a group's offsets; returns when synced. */
    void commit(String group, Offsets offsets) {
        offsets.next().forEach((partition, offset) -> within(catalog.partition(partition), offset));
        committer.change(staging -> stage(staging, group, offsets), () -> {});
    }

    private static void stage(Staging staging, String group, Offsets offsets) throws RocksDBException {
        for (Map.Entry<StreamPartition, Long> done : offsets.next().entrySet()) {
            staging.put(staging.store().groups(), Keys.group(group, done.getKey()), Keys.longs(done.getValue()));
        }
    }

    @Override
    public Offsets committed(String group) {
        byte[] prefix = Keys.groupPrefix(group);
        return gate.read("the offsets of group '" + group + "'", store -> {
            SortedMap<StreamPartition, Long> next = new TreeMap<>();
            try (RocksIterator done = store.iterate(store.groups())) {
                for (done.seek(prefix); done.isValid() && Keys.startsWith(done.key(), prefix); done.next()) {
                    StreamPartition partition = StreamPartition.parse(Keys.text(done.key(), prefix.length));
                    next.put(partition, Keys.longAt(done.value(), 0));
                }
                done.status();
            }
            return new Offsets(next);
        });
    }

    @Override
    public CompletableFuture<Appended> deadLetter(Stored stored, Rejection why) {
        return deadLetter(stored.position().stream(), stored.event(), Optional.of(stored.position()), why);
    }

    @Override
    public CompletableFuture<Appended> deadLetter(Addressed refused, Rejection why) {
        return deadLetter(refused.stream(), refused.event(), Optional.empty(), why);
    }

    private CompletableFuture<Appended> deadLetter(
            String stream, Event event, Optional<Position> original, Rejection why) {
        try {
            catalog.stream(stream);
            return append(DeadLetter.streamOf(stream), DeadLetter.wrap(event, original, why));
        } catch (EventProblem refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public List<DeadLetter> deadLetters(String stream, long fromOffset, int max) {
        catalog.stream(stream);
        StreamState dead = catalog.stream(DeadLetter.streamOf(stream));
        PartitionState partition = dead.partitions.getFirst();
        return reader.read(partition, Math.max(fromOffset, partition.start()), max).stream()
                .map(DeadLetter::unwrap)
                .toList();
    }

    @Override
    public long retain(long nowMicros) {
        return sweep.run(nowMicros);
    }

    @Override
    public void checkpoint(Path folder) {
        gate.read(folder.toString(), store -> {
            store.checkpoint(folder);
            return true;
        });
    }

    long visibleSequence() {
        return committer.visibleSequence();
    }

    Arrivals arrivals() {
        return arrivals;
    }

    LogReader reader() {
        return reader;
    }

    EmbeddedSettings settings() {
        return settings;
    }

    void refuseIfClosed() {
        if (closed) {
            throw EventProblem.closed("The event log");
        }
    }

    /** Commits what was accepted, then closes the store. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        arrivals.announce();
        committer.close();
        gate.close();
    }
}
