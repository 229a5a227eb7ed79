package io.dougong.apps.flightdelay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** Finds one file in a gzipped tar archive (POSIX.1-1988 ustar headers, as npm packs). */
final class Tarball {

    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final long MOST_BYTES = 1L << 30;
    private static final int OCTAL = 8;

    private Tarball() {}

    /** The content of the entry. */
    static InputStream entry(InputStream gzipped, String wanted) throws IOException {
        try (InputStream tar = new GZIPInputStream(gzipped)) {
            byte[] header = tar.readNBytes(BLOCK);
            while (header.length == BLOCK && header[0] != 0) {
                long size = size(header);
                if (text(header, 0, NAME_LENGTH).equals(wanted)) {
                    return new ByteArrayInputStream(tar.readNBytes((int) size));
                }
                tar.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
                header = tar.readNBytes(BLOCK);
            }
        }
        throw new IOException("the archive holds no " + wanted);
    }

    private static long size(byte[] header) throws IOException {
        String octal = text(header, SIZE_AT, SIZE_LENGTH).strip();
        try {
            long size = Long.parseLong(octal, OCTAL);
            if (size <= MOST_BYTES) {
                return size;
            }
        } catch (NumberFormatException malformed) {
            throw new IOException("the archive is damaged", malformed);
        }
        throw new IOException("an entry of the archive is larger than " + MOST_BYTES + " bytes");
    }

    private static String text(byte[] header, int from, int length) {
        String text = new String(header, from, length, StandardCharsets.US_ASCII);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
