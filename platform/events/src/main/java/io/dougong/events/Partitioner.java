package io.dougong.events;

import java.nio.charset.StandardCharsets;

/**
 * Which partition an event belongs to: murmur2 of its subject, as Apache Kafka's default partitioner computes it for a key, so
 * that a stream keeps its partitioning when it moves there. Events without a subject are spread by id.
 */
public final class Partitioner {

    private static final int SEED = 0x9747b28c;
    private static final int M = 0x5bd1e995;
    private static final int R = 24;

    private Partitioner() {}

    public static int partition(Event event, int partitions) {
        return partitions == 1 ? 0 : partition(event.subject().isEmpty() ? event.id() : event.subject(), partitions);
    }

    public static int partition(String key, int partitions) {
        return (murmur2(key.getBytes(StandardCharsets.UTF_8)) & Integer.MAX_VALUE) % partitions;
    }

    static int murmur2(byte[] data) {
        int length = data.length;
        int h = SEED ^ length;
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            int k = (data[i] & 0xff)
                    | (data[i + 1] & 0xff) << 8
                    | (data[i + 2] & 0xff) << 16
                    | (data[i + 3] & 0xff) << 24;
            k *= M;
            k ^= k >>> R;
            k *= M;
            h *= M;
            h ^= k;
        }
        return finish(tail(h, data, i));
    }

    private static int tail(int hash, byte[] data, int from) {
        int h = hash;
        int left = data.length - from;
        if (left >= 3) {
            h ^= (data[from + 2] & 0xff) << 16;
        }
        if (left >= 2) {
            h ^= (data[from + 1] & 0xff) << 8;
        }
        if (left >= 1) {
            h ^= data[from] & 0xff;
            h *= M;
        }
        return h;
    }

    private static int finish(int hash) {
        int h = hash;
        h ^= h >>> 13;
        h *= M;
        h ^= h >>> 15;
        return h;
    }
}
