package io.dougong.tracking;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Shows the platform's own runs beside those of clients. They are copies: the truth is where the platform keeps it, showing a run
 * again brings the copy to what it says, and if all copies were lost they would be made again.
 */
public final class PlatformRuns {

    private static final String USER = "dougong";

    private final Committer committer;
    private final Experiments experiments;
    private final Runs runs;

    PlatformRuns(Committer committer, Experiments experiments, Runs runs) {
        this.committer = committer;
        this.experiments = experiments;
        this.runs = runs;
    }

    /** Completes once they are durable. */
    @SuppressWarnings("NullAway") // completes with nothing
    public CompletableFuture<Void> show(List<PlatformRun> shown) {
        return committer.submit(statements -> {
            shown.forEach(run -> show(statements, run));
            return null;
        });
    }

    private void show(Statements statements, PlatformRun run) {
        if (isShown(statements, run)) {
            return;
        }
        Map<String, String> tags = new TreeMap<>(run.experimentTags());
        tags.put(Experiments.MANAGED_TAG, "true");
        String experiment = experiments.managed(statements, run.experiment(), tags);
        RunRows rows = new RunRows(statements);
        if (status(statements, run.runId()).isEmpty()) {
            runs.begin(
                    statements, new RunStart(experiment, run.runId(), run.name(), USER, run.startMillis(), Map.of()));
        }
        RunRows.Row row = rows.needed(run.runId());
        Runs.change(statements, row, new RunUpdate(run.status(), run.endMillis(), null));
        RunLogging logging = new RunLogging(statements, row);
        logging.log(new Batch(run.metrics(), List.copyOf(run.params().entrySet()), run.tags()));
        logging.inputs(experiment, run.datasets(), List.of());
    }

    /** As it is now, and it does not change any more. */
    private static boolean isShown(Statements statements, PlatformRun run) {
        return status(statements, run.runId()).equals(run.status().name());
    }

    private static String status(Statements statements, String runId) {
        return statements
                .find("SELECT status FROM run WHERE run_id = ?", row -> row.getString(1), runId)
                .orElse("");
    }
}
