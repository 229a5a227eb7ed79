package io.dougong.events;

import java.util.List;

/** A stream as it stands, with the extent of each of its partitions. */
public record StreamInfo(StreamConfig config, List<Extent> partitions) {

    /**
     * @param startOffset of the first event still kept
     * @param endOffset that the next event will get
     */
    public record Extent(long startOffset, long endOffset) {

        public long events() {
            return endOffset - startOffset;
        }
    }

    public StreamInfo {
        partitions = List.copyOf(partitions);
    }

    public String name() {
        return config.name();
    }

    public long events() {
        return partitions.stream().mapToLong(Extent::events).sum();
    }
}
