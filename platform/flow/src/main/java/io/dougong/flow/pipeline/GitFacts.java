package io.dougong.flow.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the files of a repository say of the commit that is checked out; no program is started for it. */
final class GitFacts {

    private static final int SHORT_LENGTH = 8;
    private static final String REF = "ref: refs/heads/";

    private GitFacts() {}

    /** @param branch as named by the caller; empty for the one that is checked out, or main */
    static Map<String, String> of(Path project, String branch) {
        Optional<Path> git = folder(project.toAbsolutePath());
        String head = git.flatMap(found -> text(found.resolve("HEAD"))).orElse("");
        String out = head.startsWith(REF) ? head.substring(REF.length()) : "";
        String name = !branch.isEmpty() ? branch : out.isEmpty() ? "main" : out;
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("CI", "true");
        facts.put("CI_COMMIT_BRANCH", name);
        facts.put("CI_COMMIT_REF_NAME", name);
        facts.put(
                "CI_COMMIT_REF_SLUG",
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", ""));
        facts.put("CI_DEFAULT_BRANCH", "main");
        facts.put("CI_PIPELINE_SOURCE", "push");
        Path folder = project.toAbsolutePath().normalize().getFileName();
        facts.put("CI_PROJECT_NAME", folder == null ? "project" : folder.toString());
        git.flatMap(found -> commit(found, head)).ifPresent(commit -> {
            facts.put("CI_COMMIT_SHA", commit);
            facts.put("CI_COMMIT_SHORT_SHA", commit.substring(0, Math.min(SHORT_LENGTH, commit.length())));
        });
        return facts;
    }

    private static Optional<Path> folder(Path from) {
        for (Path at = from; at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.isDirectory(git)) {
                return Optional.of(git);
            }
            if (Files.isRegularFile(git)) {
                Path place = at;
                return text(git)
                        .filter(line -> line.startsWith("gitdir: "))
                        .map(line -> place.resolve(line.substring("gitdir: ".length())));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> commit(Path git, String head) {
        if (!head.startsWith("ref: ")) {
            return Optional.of(head).filter(text -> !text.isEmpty());
        }
        String ref = head.substring("ref: ".length());
        Path shared = text(git.resolve("commondir")).map(git::resolve).orElse(git);
        return text(shared.resolve(ref))
                .or(() -> text(shared.resolve("packed-refs"))
                        .flatMap(refs -> refs.lines()
                                .filter(line -> line.endsWith(" " + ref))
                                .map(line -> line.substring(0, line.indexOf(' ')))
                                .findFirst()));
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
