package io.dougong.trust.embedded;

import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.StorageProblem;
import io.dougong.kernel.StreamPartition;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where the chain of each partition lies: {@code <stream, percent-encoded>/<partition>/<first sequence, 20 digits>.chain}. */
final class ChainFolder {

    static final String SUFFIX = ".chain";

    private static final int DIGITS = 20;

    private final Path root;

    ChainFolder(Path root) {
        this.root = root;
    }

    SortedSet<StreamPartition> partitions() {
        SortedSet<StreamPartition> partitions = new TreeSet<>();
        for (Path stream : children(root)) {
            for (Path partition : children(stream)) {
                partitions.add(new StreamPartition(
                        URLDecoder.decode(stream.getFileName().toString(), StandardCharsets.UTF_8),
                        Integer.parseInt(partition.getFileName().toString())));
            }
        }
        return partitions;
    }

    /** In order. */
    List<Path> segments(StreamPartition partition) {
        Path folder = folder(partition);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw StorageProblem.unreadable(folder.toString(), failed);
        }
    }

    Path segment(StreamPartition partition, long sequence) {
        String digits = String.format(Locale.ROOT, "%0" + DIGITS + "d", sequence);
        return folder(partition).resolve(digits + SUFFIX);
    }

    /** The sequence in a segment's name; -1 if it has another name. */
    static long sequence(Path segment) {
        String name = segment.getFileName().toString();
        String digits = name.substring(0, name.length() - SUFFIX.length());
        return digits.matches("[0-9]{" + DIGITS + "}") ? Long.parseLong(digits) : -1;
    }

    Path folder(StreamPartition partition) {
        String stream =
                URLEncoder.encode(partition.stream(), StandardCharsets.UTF_8).replace(".", "%2E");
        return root.resolve(stream).resolve(Integer.toString(partition.partition()));
    }

    /** Durably, so that a signed head can never be of a chain whose folder is gone. */
    void create(StreamPartition partition) throws IOException {
        DurableFiles.createFolders(folder(partition));
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory).sorted().toList();
        } catch (IOException failed) {
            throw StorageProblem.unreadable(folder.toString(), failed);
        }
    }
}
