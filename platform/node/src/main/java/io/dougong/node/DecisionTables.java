package io.dougong.node;

import io.dougong.decisions.Decision;
import io.dougong.decisions.Feedback;
import io.dougong.events.Position;
import io.dougong.events.Stored;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Json;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.lake.Lake;
import io.dougong.lake.Partitioning;
import io.dougong.lake.SystemColumns;
import io.dougong.serving.LoggedDecisions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables {@code decisions} and {@code feedback}: what people query; the full records stay in the log. */
final class DecisionTables {

    static final String DECISIONS = "decisions";
    static final String FEEDBACK = "feedback";

    private static final Schema DECISION_COLUMNS = Schema.of(
            Field.optional("id", FieldType.STRING),
            Field.optional("application", FieldType.STRING),
            Field.optional("decision", FieldType.STRING),
            Field.optional("key", FieldType.STRING),
            Field.optional("asked", FieldType.TIMESTAMP),
            Field.optional("decided", FieldType.TIMESTAMP),
            Field.optional("model", FieldType.STRING),
            Field.optional("version", FieldType.INTEGER),
            Field.optional("route", FieldType.STRING),
            Field.optional("margin", FieldType.NUMBER),
            Field.optional("probability", FieldType.NUMBER),
            Field.optional("outcome", FieldType.STRING),
            Field.optional("threshold", FieldType.NUMBER),
            Field.optional("top_reason", FieldType.STRING),
            Field.optional("verdicts", FieldType.INTEGER),
            Field.optional("micros", FieldType.INTEGER));

    private static final Schema FEEDBACK_COLUMNS = Schema.of(
            Field.optional("decision_id", FieldType.STRING),
            Field.optional("label", FieldType.BOOLEAN),
            Field.optional("known", FieldType.TIMESTAMP),
            Field.optional("source", FieldType.STRING),
            Field.optional("probability", FieldType.NUMBER),
            Field.optional("outcome", FieldType.STRING));

    private DecisionTables() {}

    static void feed(LakeSink sink, Lake lake) {
        Schema decisions = SystemColumns.extend(DECISION_COLUMNS);
        sink.feed(
                SystemStreams.DECISIONS,
                lake.create(DECISIONS, decisions, Partitioning.byMonth("asked")),
                stored -> decision(decisions, stored));
        Schema feedback = SystemColumns.extend(FEEDBACK_COLUMNS);
        sink.feed(
                SystemStreams.FEEDBACK,
                lake.create(FEEDBACK, feedback, Partitioning.byMonth("known")),
                stored -> feedback(feedback, stored));
    }

    private static Row decision(Schema schema, Stored stored) {
        Decision d = LoggedDecisions.entry(stored).decision();
        return row(
                schema,
                stored,
                d.id(),
                d.application(),
                d.name(),
                d.question().key(),
                d.question().askedMicros(),
                d.decidedMicros(),
                d.model().name(),
                (long) d.model().version(),
                d.model().route().name(),
                present(d.score().margin()),
                present(d.score().probability()),
                d.outcome().label(),
                present(d.confidence().threshold()),
                d.reasons().isEmpty() ? null : d.reasons().getFirst().code(),
                (long) d.verdicts().size(),
                d.cost().micros());
    }

    private static Row feedback(Schema schema, Stored stored) {
        Feedback f = Json.read(stored.event().data(), Feedback.class);
        return row(
                schema,
                stored,
                f.decisionId(),
                f.label(),
                f.knownMicros(),
                f.source(),
                present(f.probability()),
                f.outcome());
    }

    private static @Nullable Double present(double number) {
        return Double.isNaN(number) ? null : (Double) number;
    }

    private static Row row(Schema schema, Stored stored, @Nullable Object... columns) {
        Position at = stored.position();
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(columns));
        values.add(at.stream());
        values.add((long) at.partition());
        values.add(at.offset());
        values.add(stored.sequence());
        values.add(stored.ingestedMicros());
        return Row.of(schema, values.toArray());
    }
}
