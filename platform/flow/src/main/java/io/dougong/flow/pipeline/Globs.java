package io.dougong.flow.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Files of a folder by patterns such as {@code data/}, {@code models/*.bin} or {@code **}{@code /report.json}. */
final class Globs {

    private static final int MOST_FILES = 100_000;

    private Globs() {}

    /** Relative paths of the files that a pattern takes and none of the others excludes. */
    static List<Path> find(Path folder, List<String> patterns, List<String> excluded) {
        List<PathMatcher> taken =
                patterns.stream().flatMap(text -> matchers(text).stream()).toList();
        List<PathMatcher> left =
                excluded.stream().flatMap(text -> matchers(text).stream()).toList();
        List<Path> found = new ArrayList<>();
        for (Path start : starts(folder, patterns)) {
            walk(folder, start, taken, left, found);
        }
        return found.stream().distinct().sorted().toList();
    }

    /** The folders before the first wildcard, so that not everything is walked through. */
    private static List<Path> starts(Path folder, List<String> patterns) {
        return patterns.stream()
                .map(pattern -> pattern.replaceFirst("[^/]*[*?\\[{].*", ""))
                .map(fixed -> folder.resolve(plain(fixed)).normalize())
                .filter(start -> start.startsWith(folder.normalize()) && Files.exists(start))
                .distinct()
                .toList();
    }

    private static String plain(String pattern) {
        return pattern.replaceFirst("^(\\./|/)+", "");
    }

    private static List<PathMatcher> matchers(String pattern) {
        String plain = plain(pattern).replaceFirst("/+$", "");
        List<String> globs = new ArrayList<>(List.of(plain, plain + "/**"));
        if (plain.startsWith("**/")) {
            globs.add(plain.substring("**/".length()));
        }
        return globs.stream()
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
    }

    private static void walk(
            Path folder, Path start, List<PathMatcher> taken, List<PathMatcher> left, List<Path> found) {
        try {
            Path _ = Files.walkFileTree(start, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    Path relative = folder.relativize(file);
                    boolean fits = taken.stream().anyMatch(matcher -> matcher.matches(relative))
                            && left.stream().noneMatch(matcher -> matcher.matches(relative));
                    if (fits) {
                        found.add(relative);
                    }
                    return found.size() >= MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
