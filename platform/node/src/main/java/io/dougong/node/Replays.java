package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.ModelRef;
import io.dougong.decisions.Reason;
import io.dougong.decisions.Replay;
import io.dougong.features.Derivation;
import io.dougong.kernel.Digest;
import io.dougong.kernel.Schema;
import io.dougong.manifest.Application;
import io.dougong.manifest.ApplicationStream;
import io.dougong.manifest.Manifest;
import io.dougong.operate.HealingRecord;
import io.dougong.serving.Arm;
import io.dougong.serving.DecisionDefinition;
import io.dougong.serving.DecisionReplayer;
import io.dougong.serving.Judge;
import io.dougong.serving.PersonalValues;
import io.dougong.serving.ScoreCache;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Replays recorded decisions with the application version, the definitions and the artifacts that were in force. */
final class Replays {

    private static final int MOST_BENCHES = 64;
    private static final ScoreCache NO_CACHE = new ScoreCache(0);

    private final Rooms rooms;
    private final DecisionReplayer replayer;
    private final Map<BenchKey, DecisionReplayer.Bench> benches = new ConcurrentHashMap<>();

    private final Map<VersionKey, Application> applications = new ConcurrentHashMap<>();

    private record VersionKey(String application, String version) {}

    private record BenchKey(
            String application,
            String version,
            String decision,
            ModelRef model,
            List<ModelRef> shadows,
            List<String> names) {}

    Replays(Rooms rooms) {
        this.rooms = rooms;
        this.replayer = new DecisionReplayer(
                this::bench, decision -> new LakeFeatures(rooms, application(decision)).of(decision));
    }

    Replay replay(Decision recorded, Replay.Request request) {
        if (HealingRecord.is(recorded)) {
            return HealingRecord.replay(recorded, request);
        }
        Application application = application(recorded);
        PersonalValues personal = new PersonalValues(rooms.vault(), Personal.fields(application));
        return replayer.replay(personal.opened(recorded), request);
    }

    /** Why the recorded values would be refused, by the artifact that answered. */
    List<Reason> principalReasons(Decision recorded) {
        Application application = application(recorded);
        Decision clear = new PersonalValues(rooms.vault(), Personal.fields(application)).opened(recorded);
        DecisionReplayer.Bench bench = bench(clear);
        return bench.judge().principalReasons(bench.arm(), clear.features());
    }

    /** The application as it was when the decision was made. */
    Application application(Decision recorded) {
        return applications.computeIfAbsent(
                new VersionKey(recorded.application(), recorded.applicationVersion()), this::read);
    }

    private Application read(VersionKey key) {
        return rooms.definitions().versions(key.application()).stream()
                .filter(version -> version.version().equals(key.version()))
                .findFirst()
                .map(version -> Manifest.read(version.manifest().getBytes(StandardCharsets.UTF_8)))
                .orElseThrow(() -> NodeProblem.unknownApplication(key.application(), ""));
    }

    private DecisionReplayer.Bench bench(Decision recorded) {
        BenchKey key = new BenchKey(
                recorded.application(),
                recorded.applicationVersion(),
                recorded.name(),
                recorded.model(),
                recorded.shadows().stream().map(shadow -> shadow.model()).toList(),
                recorded.features().stream().map(FeatureValue::name).toList());
        if (benches.size() > MOST_BENCHES) {
            benches.clear();
        }
        return benches.computeIfAbsent(key, wanted -> bench(wanted, application(recorded)));
    }

    private DecisionReplayer.Bench bench(BenchKey key, Application application) {
        DecisionDefinition decision = application.decision(key.decision()).orElseThrow();
        Schema asking = asking(application, decision);
        List<Arm> shadows = key.shadows().stream()
                .map(model -> arm(model, decision, asking, key.names()))
                .toList();
        return new DecisionReplayer.Bench(
                new Judge(decision), arm(key.model(), decision, asking, key.names()), shadows);
    }

    /** With the runtime of today: another one than recorded shows as a difference. */
    private Arm arm(ModelRef recorded, DecisionDefinition decision, Schema asking, List<String> names) {
        Digest digest = recorded.digest();
        ModelRef today = rooms.arms().reference(recorded.name(), recorded.version(), digest, recorded.route());
        return rooms.arms().arm(today, decision, asking, names, NO_CACHE);
    }

    private static Schema asking(Application application, DecisionDefinition decision) {
        ApplicationStream stream = application.stream(decision.stream()).orElseThrow();
        return Derivation.compile(stream.definition().schema(), stream.derived())
                .output();
    }
}
