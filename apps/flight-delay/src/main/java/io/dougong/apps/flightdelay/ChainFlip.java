package io.dougong.apps.flightdelay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Flips one bit in the middle of a copied audit chain, and knows whose it was: a chain file is a header of 88 bytes and frames of length,
 * body and a hash of 32 bytes.
 */
final class ChainFlip {

    private static final int HEADER = 88;
    private static final int HASH = 32;

    private ChainFlip() {}

    /** @param sequence of the entry that the byte belongs to */
    record Flipped(Path file, long at, long sequence) {}

    /** In the longest chain file of the folder. */
    static Flipped inTheMiddle(Path folder) throws IOException {
        Path longest = longest(folder);
        try (FileChannel file = FileChannel.open(longest, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long middle = file.size() / 2;
            long sequence = Long.parseLong(longest.getFileName().toString().replace(".chain", ""));
            long end = HEADER;
            while (true) {
                ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
                file.read(length, end);
                end += Integer.BYTES + length.getInt(0) + HASH;
                if (middle < end) {
                    break;
                }
                sequence++;
            }
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(one, middle);
            file.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 1)}), middle);
            return new Flipped(longest, middle, sequence);
        }
    }

    private static Path longest(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> chains =
                    files.filter(file -> file.toString().endsWith(".chain")).toList();
            Path longest = chains.getFirst();
            for (Path chain : chains) {
                longest = Files.size(chain) > Files.size(longest) ? chain : longest;
            }
            return longest;
        }
    }
}
