package io.dougong.tracking;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The path of an artifact, relative to the store: parts joined by '/', none of them empty, '.', '..', hidden from this check by a
 * backslash or a control character, or so long that no file system takes it. A path that passed cannot leave the folder.
 */
public record ArtifactPath(List<String> parts) {

    private static final int MOST_PARTS = 32;
    private static final int LONGEST_PART = 200;
    private static final int LONGEST = 1_500;

    public ArtifactPath {
        parts = List.copyOf(parts);
    }

    /** @throws TrackingProblem if it is not such a path */
    public static ArtifactPath of(String text) {
        String path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (path.isEmpty()) {
            return new ArtifactPath(List.of());
        }
        List<String> parts = List.of(path.split("/", -1));
        if (path.length() > LONGEST
                || parts.size() > MOST_PARTS
                || !parts.stream().allMatch(ArtifactPath::isSafe)) {
            throw TrackingProblem.badArtifactPath(text);
        }
        return new ArtifactPath(parts);
    }

    private static boolean isSafe(String part) {
        return !part.isEmpty()
                && !part.equals(".")
                && !part.equals("..")
                && part.length() <= LONGEST_PART
                && part.chars().noneMatch(c -> c == '\\' || c == ':' || c < ' ' || c == 0x7f);
    }

    boolean isRoot() {
        return parts.isEmpty();
    }

    /** Under the folder, in which it stays. */
    Path in(Path folder) {
        try {
            Path path = folder;
            for (String part : parts) {
                path = path.resolve(part);
            }
            if (!path.normalize().startsWith(folder)) {
                throw TrackingProblem.badArtifactPath(toString());
            }
            return path;
        } catch (InvalidPathException unspeakable) {
            throw TrackingProblem.badArtifactPath(toString());
        }
    }

    @Override
    public String toString() {
        return String.join("/", parts);
    }
}
