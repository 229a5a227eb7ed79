package io.dougong.tracking;

import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.Ids;
import io.dougong.kernel.StorageProblem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Artifacts that come in parts, in any order and each as often as it likes. Parts are seen by nobody until the upload is completed;
 * one that is given up, or not touched for a day, leaves nothing. A restart ends all of them.
 */
public final class MultipartUploads {

    private static final int MOST_OPEN = 64;
    private static final int MOST_PARTS = 10_000;
    private static final long FORGOTTEN_MILLIS = 24 * 3600 * 1000L;

    /** A part as its sender names it when all are there. */
    public record Part(int number, String eTag) {}

    private record Upload(ArtifactPath path, int parts, Path folder, long touchedMillis) {}

    private final Map<String, Upload> open = new ConcurrentHashMap<>();
    private final ArtifactFiles files;
    private final Ids ids;
    private final InstantSource clock;

    MultipartUploads(ArtifactFiles files, Ids ids, InstantSource clock) {
        this.files = files;
        this.ids = ids;
        this.clock = clock;
    }

    /** @return its id */
    public synchronized String begin(ArtifactPath path, int parts) {
        if (path.isRoot()) {
            throw TrackingProblem.badArtifactPath("");
        }
        if (parts < 1 || parts > MOST_PARTS) {
            throw TrackingProblem.badValue("num_parts", Integer.toString(parts), "1 to " + MOST_PARTS);
        }
        forget();
        if (open.size() >= MOST_OPEN) {
            throw TrackingProblem.overloaded();
        }
        String id = ids.next();
        try {
            Path folder = DurableFiles.createFolders(files.incoming().resolve("parts-" + id));
            open.put(id, new Upload(path, parts, folder, clock.millis()));
            return id;
        } catch (IOException failed) {
            throw StorageProblem.unreadable(path.toString(), failed);
        }
    }

    private void forget() {
        long before = clock.millis() - FORGOTTEN_MILLIS;
        open.entrySet().stream()
                .filter(entry -> entry.getValue().touchedMillis() < before)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::drop);
    }

    /** @return what the sender names it by when it completes */
    public String take(String id, int number, Path spooled) {
        Upload upload = needed(id);
        if (number < 1 || number > upload.parts()) {
            throw TrackingProblem.badUpload(
                    "Part " + number + " is none of the " + upload.parts() + " of this upload.");
        }
        try {
            String eTag = eTag(number, Files.size(spooled));
            Files.move(
                    spooled, part(upload, number), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            open.computeIfPresent(id, (_, one) -> new Upload(one.path(), one.parts(), one.folder(), clock.millis()));
            return eTag;
        } catch (IOException failed) {
            throw StorageProblem.unreadable(upload.path().toString(), failed);
        }
    }

    private static String eTag(int number, long bytes) {
        return "\"" + number + "-" + bytes + "\"";
    }

    private static Path part(Upload upload, int number) {
        return upload.folder().resolve(Integer.toString(number));
    }

    /** Puts the parts together in their order and the whole to its place. */
    public void complete(String id, ArtifactPath path, List<Part> parts) {
        Upload upload = needed(id);
        if (!upload.path().equals(path)) {
            throw TrackingProblem.badUpload("Upload '" + id + "' is one of " + upload.path() + ".");
        }
        try {
            check(upload, parts);
            Path whole = files.spool();
            try (FileChannel out = FileChannel.open(whole, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (int number = 1; number <= upload.parts(); number++) {
                    append(part(upload, number), out);
                }
            }
            files.keep(whole, path);
            drop(id);
        } catch (IOException failed) {
            throw StorageProblem.unreadable(path.toString(), failed);
        }
    }

    private static void check(Upload upload, List<Part> parts) throws IOException {
        List<Part> sorted =
                parts.stream().sorted(Comparator.comparingInt(Part::number)).toList();
        for (int i = 0; i < upload.parts(); i++) {
            Path file = part(upload, i + 1);
            boolean there = i < sorted.size()
                    && sorted.get(i).number() == i + 1
                    && Files.exists(file)
                    && sorted.get(i).eTag().equals(eTag(i + 1, Files.size(file)));
            if (!there || sorted.size() != upload.parts()) {
                throw TrackingProblem.badUpload(
                        "Part " + (i + 1) + " of " + upload.parts() + " is missing or another one.");
            }
        }
    }

    private static void append(Path part, FileChannel out) throws IOException {
        try (FileChannel in = FileChannel.open(part, StandardOpenOption.READ)) {
            long sent = 0;
            while (sent < in.size()) {
                sent += in.transferTo(sent, in.size() - sent, out);
            }
        }
    }

    public void abort(String id) {
        needed(id);
        drop(id);
    }

    private Upload needed(String id) {
        Upload upload = open.get(id);
        if (upload == null) {
            throw TrackingProblem.unknown("upload", id);
        }
        return upload;
    }

    private void drop(String id) {
        Upload upload = open.remove(id);
        if (upload == null) {
            return;
        }
        try (Stream<Path> parts = Files.walk(upload.folder())) {
            for (Path file : parts.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw StorageProblem.unreadable(upload.folder().toString(), failed);
        }
    }
}
