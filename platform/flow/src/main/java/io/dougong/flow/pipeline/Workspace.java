package io.dougong.flow.pipeline;

import io.dougong.kernel.StorageProblem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where jobs work, and what they hand on. By default all jobs share the project's folder, as on a build server with one shell; isolated,
 * each gets a copy of the project as it was at the start, and of what the jobs before it hand on, nothing else. Either way artifacts
 * are kept beside the run's journal.
 */
final class Workspace {

    private final Path project;
    private final Path kept;
    private final Path copies;
    private final boolean isolated;

    Workspace(Path project, Path run, boolean isolated) {
        this.project = project;
        this.kept = run.resolve("artifacts");
        this.copies = run.resolve("work");
        this.isolated = isolated;
    }

    /** The folder for an attempt at a job. */
    Path folder(PipelinePlan.Chosen one, List<String> before, int attempt) {
        if (!isolated) {
            return project;
        }
        Path own = copies.resolve(one.id() + "-" + attempt);
        copy(
                project,
                Globs.find(project, List.of("**"), List.of(".git", "**/target", "target", "**/node_modules")),
                own);
        for (String id : before) {
            Path artifacts = kept.resolve(id);
            if (Files.isDirectory(artifacts)) {
                copy(artifacts, Globs.find(artifacts, List.of("**"), List.of()), own);
            }
        }
        return own;
    }

    /** Keeps what a job hands on; how many files. */
    int keep(PipelinePlan.Chosen one, Path folder) {
        List<Path> files = Globs.find(
                folder, one.job().artifacts().paths(), one.job().artifacts().exclude());
        copy(folder, files, kept.resolve(one.id()));
        return files.size();
    }

    Path kept(PipelinePlan.Chosen one) {
        return kept.resolve(one.id());
    }

    private static void copy(Path from, List<Path> files, Path to) {
        try {
            Path _ = Files.createDirectories(to);
            for (Path file : files) {
                Path target = to.resolve(file.toString());
                Path parent = target.getParent();
                if (parent != null) {
                    Path _ = Files.createDirectories(parent);
                }
                Path _ = Files.copy(
                        from.resolve(file.toString()),
                        target,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (FileAlreadyExistsException inTheWay) {
            throw StorageProblem.unreadable(to.toString(), inTheWay);
        } catch (IOException full) {
            throw StorageProblem.unreadable(to.toString(), full);
        }
    }

    /** Throws the copies away. */
    void clean() {
        if (!Files.isDirectory(copies)) {
            return;
        }
        try (Stream<Path> files = Files.walk(copies)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException busy) {
            throw StorageProblem.unreadable(copies.toString(), busy);
        }
    }
}
