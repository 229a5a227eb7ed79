package io.dougong.server;

import io.dougong.tracking.TrackingProblem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One range of bytes as the {@code Range} header asks for it (RFC 9110, section 14). */
record ByteRange(long from, long bytes) {

    private static final Pattern HEADER = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * The range of a file of that size; null if the whole is wanted.
     *
     * @throws TrackingProblem if the file has no such bytes
     */
    static @Nullable ByteRange of(@Nullable String header, long size) {
        Matcher matcher = HEADER.matcher(header == null ? "" : header);
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return null;
        }
        long from;
        long to = size - 1;
        if (matcher.group(1).isEmpty()) {
            from = Math.max(0, size - Long.parseLong(matcher.group(2)));
        } else {
            from = Long.parseLong(matcher.group(1));
            to = matcher.group(2).isEmpty() ? to : Math.min(to, Long.parseLong(matcher.group(2)));
        }
        if (from > to) {
            throw TrackingProblem.badValue("Range", String.valueOf(header), "bytes of the file, which has " + size);
        }
        return new ByteRange(from, to - from + 1);
    }

    String header(long size) {
        return "bytes " + from + "-" + (from + bytes - 1) + "/" + size;
    }
}
