package io.dougong.node;

import io.dougong.decisions.Feedback;
import io.dougong.events.EventLog;
import io.dougong.events.Position;
import io.dougong.events.Stored;
import io.dougong.kernel.Json;
import io.dougong.learn.UntrustedLabel;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the labels that the pipeline marked as coming from a broken feed, by what it wrote into the stream of feedback. */
final class UntrustedLabels {

    private static final int BATCH = 5_000;
    private static final String MARK = "\"suspect\":true";

    private final EventLog log;
    private final int partitions;

    UntrustedLabels(EventLog log, int partitions) {
        this.log = log;
        this.partitions = partitions;
    }

    /** Those of an application that were known by this event time. */
    Set<UntrustedLabel> of(String application, long asOfMicros) {
        Set<UntrustedLabel> found = new HashSet<>();
        for (int partition = 0; partition < partitions; partition++) {
            List<Stored> batch = log.read(new Position(SystemStreams.FEEDBACK, partition, 0), BATCH);
            while (!batch.isEmpty()) {
                batch.stream()
                        .filter(UntrustedLabels::isMarked)
                        .forEach(stored -> add(stored, application, asOfMicros, found));
                long next = batch.getLast().position().offset() + 1;
                batch = log.read(new Position(SystemStreams.FEEDBACK, partition, next), BATCH);
            }
        }
        return found;
    }

    /** Without reading all of a record that is none. */
    private static boolean isMarked(Stored stored) {
        return new String(stored.event().data(), StandardCharsets.ISO_8859_1).contains(MARK);
    }

    private static void add(Stored stored, String application, long asOfMicros, Set<UntrustedLabel> found) {
        Feedback feedback = Json.read(stored.event().data(), Feedback.class);
        String source = feedback.source();
        String start = application + ".";
        int slash = source.lastIndexOf('/');
        int at = source.lastIndexOf('@');
        if (source.startsWith(start) && slash > 0 && at > slash && feedback.knownMicros() <= asOfMicros) {
            found.add(new UntrustedLabel(
                    source.substring(start.length(), slash),
                    Integer.parseInt(source.substring(slash + 1, at)),
                    Long.parseLong(source.substring(at + 1))));
        }
    }
}
