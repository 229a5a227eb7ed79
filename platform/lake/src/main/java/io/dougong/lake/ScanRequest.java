package io.dougong.lake;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which rows to read, and in which order. Without {@code sortedBy} rows come commit by commit, in the order in which they were
 * appended; compaction may move whole files past each other. With it they come
 * ascending by these columns (nulls last, text by its UTF-8 bytes), ties by the remaining columns: the same order whatever
 * the files are.
 *
 * @param snapshotId the snapshot to read; empty for the current one
 * @param columns the columns to read, in this order; empty for all
 * @param times keeps only rows whose timestamp lies in the range
 */
public record ScanRequest(
        OptionalLong snapshotId, List<String> columns, Optional<TimeRange> times, List<String> sortedBy) {

    /** Rows with {@code fromMicros <= field < toMicros}. */
    public record TimeRange(String field, long fromMicros, long toMicros) {}

    public ScanRequest {
        columns = List.copyOf(columns);
        sortedBy = List.copyOf(sortedBy);
    }

    /** Everything in the current snapshot. */
    public static ScanRequest all() {
        return new ScanRequest(OptionalLong.empty(), List.of(), Optional.empty(), List.of());
    }

    public ScanRequest at(long snapshot) {
        return new ScanRequest(OptionalLong.of(snapshot), columns, times, sortedBy);
    }

    public ScanRequest columns(String... names) {
        return new ScanRequest(snapshotId, List.of(names), times, sortedBy);
    }

    public ScanRequest between(String field, long fromMicros, long toMicros) {
        return new ScanRequest(snapshotId, columns, Optional.of(new TimeRange(field, fromMicros, toMicros)), sortedBy);
    }

    public ScanRequest sortedBy(String... names) {
        return new ScanRequest(snapshotId, columns, times, List.of(names));
    }
}
