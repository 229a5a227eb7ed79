package io.dougong.trust.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Takes chain files apart the way somebody would who wants to forge them. */
final class ChainBytes {

    private ChainBytes() {}

    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static List<Path> segments(Path folder) {
        return files(folder).stream()
                .filter(file -> file.toString().endsWith(".chain"))
                .toList();
    }

    /** Which entry the byte at this place belongs to; the header belongs to the first one. */
    static long owner(Path segment, byte[] bytes, int place) {
        String name = segment.getFileName().toString();
        long sequence = Long.parseLong(name.substring(0, name.indexOf('.')));
        int end = ChainFormat.HEADER_LENGTH;
        if (place < end) {
            return sequence;
        }
        for (byte[] frame : frames(bytes)) {
            end += frame.length;
            if (place < end) {
                return sequence;
            }
            sequence++;
        }
        throw new IllegalArgumentException("no byte " + place);
    }

    static List<byte[]> frames(byte[] bytes) {
        List<byte[]> frames = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).position(ChainFormat.HEADER_LENGTH);
        while (buffer.hasRemaining()) {
            int length = buffer.getInt(buffer.position());
            byte[] frame = new byte[Integer.BYTES + length + ChainFormat.HASH_LENGTH];
            buffer.get(frame);
            frames.add(frame);
        }
        return frames;
    }

    /** Rewrites a segment with other frames behind its header. */
    static void write(Path segment, List<byte[]> frames) throws IOException {
        byte[] header = java.util.Arrays.copyOf(Files.readAllBytes(segment), ChainFormat.HEADER_LENGTH);
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        bytes.writeBytes(header);
        frames.forEach(bytes::writeBytes);
        Files.write(segment, bytes.toByteArray());
    }

    static void flip(Path file, long bit) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, bit / 8);
            one.put(0, (byte) (one.get(0) ^ 1 << bit % 8));
            channel.write(one.rewind(), bit / 8);
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
