package io.dougong.node;

import io.dougong.learn.RunLog;
import io.dougong.learn.TrainingRun;
import io.dougong.models.ModelRegistry;
import io.dougong.models.ModelVersion;
import io.dougong.tracking.PlatformModels;
import io.dougong.tracking.RegisteredModel;
import io.dougong.tracking.RegisteredVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The platform's models as registered models: the registry and the roles, read through. An alias is a role. */
final class TrackedModels implements PlatformModels {

    private static final String SEPARATOR = "__";
    private static final String NO_STAGE = "None";
    private static final int MOST_RUNS = 1_000;

    private final ModelRegistry registry;
    private final Definitions definitions;
    private final RunLog runs;

    TrackedModels(ModelRegistry registry, Definitions definitions, RunLog runs) {
        this.registry = registry;
        this.definitions = definitions;
        this.runs = runs;
    }

    @Override
    public List<Entry> all() {
        return registry.names().stream()
                .filter(name -> name.contains(SEPARATOR))
                .map(this::entry)
                .toList();
    }

    private Entry entry(String name) {
        String application = name.substring(0, name.indexOf(SEPARATOR));
        String model = name.substring(application.length() + SEPARATOR.length());
        Map<String, Integer> aliases = new TreeMap<>();
        long changed = 0;
        for (ModelRole role : definitions.roles(application, model)) {
            aliases.put(role.route().label(), role.version());
            changed = Math.max(changed, role.setMicros() / 1000);
        }
        Map<String, String> runIds = runIds(application, model);
        List<RegisteredVersion> versions = registry.versions(name).stream()
                .map(version -> version(version, aliases, runIds))
                .toList();
        RegisteredModel registered = new RegisteredModel(
                name,
                "Model '" + model + "' of application '" + application + "', trained and served by Dougong.",
                versions.getFirst().createdMillis(),
                Math.max(changed, versions.getLast().createdMillis()),
                Map.of("dougong.managed", "true", "dougong.application", application, "dougong.model", model),
                aliases,
                List.of(versions.getLast()),
                true);
        return new Entry(registered, versions);
    }

    /** Digest of the artifact to the run that made it. */
    private Map<String, String> runIds(String application, String model) {
        Map<String, String> runIds = new TreeMap<>();
        for (TrainingRun run : runs.list(application, model, MOST_RUNS)) {
            if (run.outcome() != null) {
                runIds.put(run.outcome().digest(), TrackedTrainings.runId(run.runId()));
            }
        }
        return runIds;
    }

    private static RegisteredVersion version(
            ModelVersion version, Map<String, Integer> aliases, Map<String, String> runIds) {
        long created = version.createdMicros() / 1000;
        String digest = version.digest().hex();
        List<String> own = new ArrayList<>();
        aliases.forEach((alias, number) -> {
            if (number == version.version()) {
                own.add(alias);
            }
        });
        Map<String, String> tags = new TreeMap<>(Map.of("dougong.digest", digest));
        version.metrics().forEach((metric, value) -> tags.put("dougong.metric." + metric, Double.toString(value)));
        return new RegisteredVersion(
                version.name(),
                version.version(),
                "",
                created,
                created,
                "dougong",
                NO_STAGE,
                "dougong:/models/" + digest,
                "dougong:/models/" + digest,
                runIds.getOrDefault(digest, ""),
                "",
                "",
                tags,
                own);
    }
}
