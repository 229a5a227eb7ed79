package io.dougong.decisions;

import io.dougong.kernel.StreamPartition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where decisions are written and found again. An append that completed is durable. */
public interface DecisionLog {

    /** A decision and where it stands. */
    record Entry(StreamPartition partition, long offset, Decision decision) {}

    /** Completes with the entry that is in the log: an earlier one if the id was there already. */
    CompletableFuture<Entry> append(Decision decision);

    Optional<Entry> find(String id);

    /** The newest first. */
    List<Entry> latest(int most);

    /** In log order, from the offset on; empty at the end. */
    List<Entry> read(StreamPartition partition, long offset, int most);

    List<StreamPartition> partitions();
}
