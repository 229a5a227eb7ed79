package io.dougong.node;

import io.dougong.decisions.Question;
import io.dougong.events.Addressed;
import io.dougong.events.Event;
import io.dougong.events.EventReader;
import io.dougong.events.Stored;
import io.dougong.events.StreamDefinition;
import io.dougong.features.Derivation;
import io.dougong.features.FeatureStream;
import io.dougong.kernel.Field;
import io.dougong.kernel.Json;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Sensitivity;
import io.dougong.manifest.ApplicationStream;
import io.dougong.trust.SealedRows;
import io.dougong.trust.Vault;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A stream of an application at work: JSON to events and events to rows. Where the stream holds personal values they are sealed under
 * the subject's pseudonym before they reach the log, and the subject itself is replaced by it.
 */
final class NodeStream {

    private static final char ID_SEPARATOR = '@';

    private final String application;
    private final ApplicationStream declared;
    private final EventReader reader;
    private final Derivation derivation;
    private final @Nullable String subject;
    private final @Nullable SealedRows sealed;
    private final Vault vault;

    /** @param subject field that names the person concerned, or null */
    NodeStream(String application, ApplicationStream declared, @Nullable String subject, Vault vault) {
        this.application = application;
        this.declared = declared;
        this.reader = new EventReader(declared.definition());
        this.derivation = Derivation.compile(declared.definition().schema(), declared.derived());
        this.subject = subject;
        this.vault = vault;
        this.sealed = subject == null && personal().isEmpty() ? null : new SealedRows(schema(), vault);
    }

    static String qualified(String application, String stream) {
        return application + "." + stream;
    }

    String name() {
        return declared.name();
    }

    /** As the log knows it. */
    String qualified() {
        return qualified(application, declared.name());
    }

    /** As the lake knows it. */
    String table() {
        return (application + "_" + declared.name()).replace('-', '_');
    }

    StreamDefinition definition() {
        return declared.definition();
    }

    ApplicationStream declared() {
        return declared;
    }

    Schema schema() {
        return declared.definition().schema();
    }

    Derivation derivation() {
        return derivation;
    }

    /** As the views see it. */
    FeatureStream featureStream() {
        return new FeatureStream(derivation, definition().lateness());
    }

    Set<String> personal() {
        return schema().fields().stream()
                .filter(field -> field.sensitivity() != Sensitivity.PUBLIC)
                .map(Field::name)
                .collect(Collectors.toSet());
    }

    /** Checks the JSON against the schema and makes an event of it; key and event time make its id. */
    Addressed event(byte[] json) {
        Row row = read(json);
        String key = reader.key(row);
        long micros = reader.timeMicros(row);
        byte[] data = sealed == null ? json : sealed.write(row, subject(row).orElse(null));
        String id = key + ID_SEPARATOR + micros;
        return new Addressed(qualified(), Event.of(id, "/applications/" + application, qualified(), key, micros, data));
    }

    /** The row of a question or event as a client sends it, with the subject replaced by the pseudonym. */
    Row read(byte[] json) {
        Row row = reader.read(json);
        String field = subject;
        return field == null ? row : pseudonymous(row, schema().place(field));
    }

    private Row pseudonymous(Row row, int place) {
        String person = row.text(place);
        if (person == null) {
            return row;
        }
        @Nullable Object[] values = new @Nullable Object[row.schema().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(i);
        }
        values[place] = vault.pseudonym(person);
        return Row.of(row.schema(), values);
    }

    /** The pseudonym of the person a row is about. */
    Optional<String> subject(Row row) {
        return subject == null ? Optional.empty() : Optional.ofNullable(row.text(schema().place(subject)));
    }

    /** The row of an event in the log, personal values opened where the person was not erased. */
    Row row(Stored stored) {
        if (sealed == null) {
            return reader.read(stored.event());
        }
        return sealed.read(stored.event().data(), subjectOf(stored)).row();
    }

    private @Nullable String subjectOf(Stored stored) {
        return subject == null
                ? null
                : Json.tree(stored.event().data()).path(subject).asText(null);
    }

    /** With derived fields. */
    Row derived(Row row) {
        return derivation.apply(row);
    }

    /** A row of this stream from a wider one, such as the lake's. */
    Row ownFields(Row wider) {
        @Nullable Object[] values = new @Nullable Object[schema().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = wider.get(i);
        }
        return Row.of(schema(), values);
    }

    /** The row, derived fields included, that a recorded question came with. */
    Row asked(Question question) {
        Schema schema = derivation.output();
        @Nullable Object[] values = new @Nullable Object[schema.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = question.input().get(schema.field(i).name());
        }
        return Row.of(schema, values);
    }

    String key(Row row) {
        return reader.key(row);
    }

    long timeMicros(Row row) {
        return reader.timeMicros(row);
    }
}
