package io.dougong.events.embedded;

import io.dougong.events.EventProblem;
import io.dougong.events.StreamConfig;
import io.dougong.events.StreamInfo;
import io.dougong.kernel.StreamPartition;
import java.util.List;
import java.util.stream.IntStream;

/** One stream with the state of its partitions; the configuration changes only in its retention. */
final class StreamState {

    final int id;
    final List<PartitionState> partitions;
    private volatile StreamConfig config;

    StreamState(int id, StreamConfig config) {
        this.id = id;
        this.config = config;
        this.partitions = IntStream.range(0, config.partitions())
                .mapToObj(i -> new PartitionState(id, new StreamPartition(config.name(), i)))
                .toList();
    }

    StreamConfig config() {
        return config;
    }

    void configure(StreamConfig changed) {
        config = changed;
    }

    PartitionState partition(StreamPartition name) {
        if (name.partition() < 0 || name.partition() >= partitions.size()) {
            throw EventProblem.unknownPartition(name, partitions.size());
        }
        return partitions.get(name.partition());
    }

    StreamInfo info() {
        return new StreamInfo(
                config,
                partitions.stream()
                        .map(partition -> new StreamInfo.Extent(partition.start(), partition.end()))
                        .toList());
    }
}
