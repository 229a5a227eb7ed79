package io.dougong.flow.pipeline;

import io.dougong.flow.StepLogs;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Lines of jobs: to whoever listens, and into a file for each job. */
final class JobLogs implements StepLogs, AutoCloseable {

    private final Map<String, Pipeline.Job> jobs = new HashMap<>();
    private final Map<String, BufferedWriter> files = new HashMap<>();
    private final Path folder;
    private final PipelineRun.Listener listener;

    JobLogs(PipelinePlan plan, Path folder, PipelineRun.Listener listener) {
        this.folder = folder;
        this.listener = listener;
        plan.jobs().forEach(one -> jobs.put(one.id(), one.job()));
    }

    @Override
    public synchronized void line(String run, String path, int attempt, String line) {
        Pipeline.Job job = jobs.get(path);
        if (job == null) {
            return;
        }
        listener.line(job, line);
        try {
            BufferedWriter file = file(path);
            file.write(line);
            file.write('\n');
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private BufferedWriter file(String id) throws IOException {
        BufferedWriter open = files.get(id);
        if (open == null) {
            Path _ = Files.createDirectories(folder);
            open = Files.newBufferedWriter(
                    folder.resolve(id + ".log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            files.put(id, open);
        }
        return open;
    }

    @Override
    public synchronized void close() {
        for (BufferedWriter file : files.values()) {
            try {
                file.close();
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
        }
        files.clear();
    }
}
