package io.dougong.events.embedded;

import io.dougong.kernel.StreamPartition;
import java.util.List;

/**
 * What a look at every byte of the log found.
 *
 * @param events that are whole
 * @param blocks what RocksDB's own checksums found outside the records; empty if nothing
 */
public record VerifyReport(long events, List<Damage> damages, List<String> blocks) {

    /**
     * Records that cannot be read.
     *
     * @param fromOffset first damaged
     * @param untilOffset first whole one behind, or the end of the partition
     */
    public record Damage(StreamPartition partition, long fromOffset, long untilOffset, String why) {}

    public VerifyReport {
        damages = List.copyOf(damages);
        blocks = List.copyOf(blocks);
    }

    public boolean whole() {
        return damages.isEmpty() && blocks.isEmpty();
    }
}
