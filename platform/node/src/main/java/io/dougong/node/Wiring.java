package io.dougong.node;

import io.dougong.decisions.Receipt;
import io.dougong.events.EventLog;
import io.dougong.events.Start;
import io.dougong.events.embedded.EmbeddedEventLog;
import io.dougong.features.embedded.EmbeddedFeatureStore;
import io.dougong.kernel.Home;
import io.dougong.kernel.Ids;
import io.dougong.kernel.MetadataDatabase;
import io.dougong.kernel.Offsets;
import io.dougong.lake.ExternalFiles;
import io.dougong.lake.Lake;
import io.dougong.lake.duckdb.DuckDbBudget;
import io.dougong.lake.duckdb.DuckDbEngine;
import io.dougong.lake.duckdb.DuckDbFiles;
import io.dougong.lake.iceberg.IcebergLake;
import io.dougong.learn.OnnxImporter;
import io.dougong.learn.RunLog;
import io.dougong.learn.logistic.LogisticTrainer;
import io.dougong.learn.tuned.TunedTrainer;
import io.dougong.learn.xgboost.XgboostTrainer;
import io.dougong.models.ModelFormat;
import io.dougong.models.ModelFormats;
import io.dougong.models.ModelRegistry;
import io.dougong.models.embedded.EmbeddedModelRegistry;
import io.dougong.models.onnx.OnnxModel;
import io.dougong.review.ReviewQueue;
import io.dougong.review.embedded.SqliteReviewQueue;
import io.dougong.serving.LoggedDecisions;
import io.dougong.tracking.Tracking;
import io.dougong.trust.AuditReport;
import io.dougong.trust.AuditTrail;
import io.dougong.trust.MasterKey;
import io.dougong.trust.Signer;
import io.dougong.trust.SubjectKeys;
import io.dougong.trust.Tokens;
import io.dougong.trust.Vault;
import io.dougong.trust.embedded.FileAuditTrail;
import io.dougong.trust.embedded.FileSigner;
import io.dougong.trust.embedded.MasterKeyFile;
import io.dougong.trust.embedded.StoredSubjectKeys;
import io.dougong.trust.embedded.StoredTokens;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The composition root: which variant of each room a node uses, and in which order they open and close. Read it like a table of contents. */
final class Wiring implements AutoCloseable {

    /** Part of what a training run is reproducible by. */
    private static final int TRAINING_THREADS = 2;

    private static final int CACHED_SUBJECT_KEYS = 10_000;
    private static final Set<String> SYSTEM_TABLES = Set.of(SystemStreams.DECISIONS, SystemStreams.FEEDBACK);

    private final Home home;
    private final Ids ids;
    private final EmbeddedEventLog log;
    private final Lake lake;
    private final ExternalFiles files;
    private final SubjectKeys subjectKeys;
    private final Signer signer;
    private final AuditTrail trail;
    private final Tokens tokens;
    private final References references;
    private final Training training;
    private final Rooms rooms;
    private final ReviewQueue reviews;
    private final Tracking tracking;
    private final LakeSink systemTables;
    private final Follower systemLake;
    private final AuditTail audit;
    private final Follower auditor;

    static Wiring open(NodeSettings settings) {
        Home home = Home.open(settings.home());
        try {
            return new Wiring(settings, home);
        } catch (RuntimeException failed) {
            home.close();
            throw failed;
        }
    }

    private Wiring(NodeSettings settings, Home home) {
        InstantSource clock = settings.clock();
        SecureRandom secrets = new SecureRandom();
        this.home = home;
        this.ids = new Ids(clock, settings.random());
        MetadataDatabase database = MetadataDatabase.open(home.folder().resolve("metadata.db"));

        // events
        this.log = EmbeddedEventLog.open(home.room("events"), settings.log(), clock);
        SystemStreams.create(log, settings.systemPartitions());

        // trust
        MasterKey master = MasterKeyFile.open(home.room("trust"), secrets);
        this.signer = new FileSigner(home.room("trust"), secrets);
        this.subjectKeys = new StoredSubjectKeys(home.room("trust"), master, clock, secrets, CACHED_SUBJECT_KEYS);
        this.tokens = new StoredTokens(database, clock, secrets);
        this.trail = new FileAuditTrail(home.room("audit"), signer, FileAuditTrail.SEGMENT_BYTES);

        // lake
        DuckDbBudget budget = DuckDbBudget.of(home.room("lake-spill"));
        this.lake = new IcebergLake(home.room("lake"), ids::next, new DuckDbEngine(budget));
        this.files = new DuckDbFiles(budget);

        // models, learning
        ModelFormats formats = formats();
        ModelRegistry registry = new EmbeddedModelRegistry(database, home.room("models"), clock);
        RunLog runs = new RunLog(database, ids, clock);

        // review
        this.reviews = SqliteReviewQueue.open(home.room("review").resolve("queue.db"));

        // definitions
        Definitions definitions = new Definitions(database.migrated("node"));
        Administration administration = new Administration(log, definitions, ids, clock);

        // tracking
        this.tracking =
                Tracking.open(home.room("tracking"), ids, clock, new TrackedModels(registry, definitions, runs));
        TrackedTrainings trainings = new TrackedTrainings(tracking.platformRuns());

        this.rooms = new Rooms(
                settings,
                home,
                log,
                new LoggedDecisions(log, SystemStreams.DECISIONS),
                lake,
                new Vault(subjectKeys, secrets),
                definitions,
                administration,
                registry,
                new Arms(registry, formats),
                application -> EmbeddedFeatureStore.open(home.room("features").resolve(application)));

        this.references = new References(home.room("models").resolve("references"), rooms.arms());
        this.training = new Training(
                rooms,
                runs,
                trainings,
                reviews,
                references,
                formats,
                List.of(
                        new XgboostTrainer(TRAINING_THREADS),
                        new TunedTrainer(TRAINING_THREADS),
                        new LogisticTrainer(),
                        new OnnxImporter(home.folder())));

        // derived from the log
        this.systemTables = new LakeSink(clock, settings.lakeCommit());
        DecisionTables.feed(systemTables, lake);
        this.systemLake = follow("system.lake", SYSTEM_TABLES, systemTables.reached(), systemTables);
        this.audit = new AuditTail(trail);
        this.auditor = follow("system.audit", SystemStreams.AUDITED, trail.reached(), audit);
    }

    private static ModelFormats formats() {
        List<ModelFormat> formats = new ArrayList<>(ModelFormats.pureJava());
        formats.add(OnnxModel.asFormat());
        return new ModelFormats(formats);
    }

    Follower follow(String group, Set<String> streams, Offsets from, Follower.Handler handler) {
        return new Follower(group, log.subscribe(group, streams, Start.at(from)), handler).start();
    }

    Rooms rooms() {
        return rooms;
    }

    Ids ids() {
        return ids;
    }

    EventLog log() {
        return log;
    }

    Training training() {
        return training;
    }

    References references() {
        return references;
    }

    ExternalFiles files() {
        return files;
    }

    ReviewQueue reviews() {
        return reviews;
    }

    Tracking tracking() {
        return tracking;
    }

    Tokens tokens() {
        return tokens;
    }

    /** The tail of the log that a crash had torn, if any. */
    io.dougong.events.embedded.OpenReport openReport() {
        return log.openReport();
    }

    io.dougong.events.embedded.VerifyReport verifyLog() {
        return log.verify();
    }

    void awaitSystemTables() {
        systemTables.await(log.endOffsets(SYSTEM_TABLES), systemLake);
    }

    /** Everything acknowledged so far is chained first, unless the chain is damaged: then what is there is verified. */
    AuditReport verifyAudit() {
        if (chained()) {
            trail.head();
        }
        return trail.verify(new AuditedRecords(log));
    }

    private boolean chained() {
        Offsets target = log.endOffsets(SystemStreams.AUDITED);
        return auditor.reaches("audit", () -> audit.reached().covers(target));
    }

    AuditCopies auditCopies() {
        return new AuditCopies(trail, log, signer, this::chained);
    }

    Receipt.Signatory signatory() {
        return new Receipt.Signatory() {
            @Override
            public PublicKey publicKey() {
                return signer.current().publicKey();
            }

            @Override
            public byte[] sign(byte[] bytes) {
                return signer.sign(bytes);
            }
        };
    }

    List<String> failures() {
        return Stream.of(systemLake, auditor)
                .map(Follower::failure)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
    }

    @Override
    public void close() {
        systemLake.close();
        auditor.close();
        trail.close();
        reviews.close();
        tracking.close();
        lake.close();
        log.close();
        subjectKeys.close();
        home.close();
    }
}
