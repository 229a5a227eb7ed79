package io.dougong.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventReaderTest {

    private static final Schema SCHEMA = Schema.of(
            Field.required("flight", FieldType.STRING),
            Field.optional("departed", FieldType.TIMESTAMP),
            Field.optional("delay", FieldType.NUMBER));

    private static StreamDefinition definition(String key, String time) {
        return new StreamDefinition("departures", key, time, SCHEMA, Duration.ZERO, 2, Retention.FOREVER);
    }

    private final EventReader reader = new EventReader(definition("flight", "departed"));
    private final EventWriter writer = new EventWriter(definition("flight", "departed"), "/airport", "departed");

    @Test
    void aRowBecomesAnEventOfItsKeyAndTimeAndReadsBackEqual() {
        Row row = Row.of(SCHEMA, "UA1", 981_173_106_000_001L, 2.5);
        Addressed written = writer.write("id", row);
        assertThat(written.stream()).isEqualTo("departures");
        assertThat(written.event().subject()).isEqualTo("UA1");
        assertThat(written.event().timeMicros()).isEqualTo(981_173_106_000_001L);
        assertThat(reader.read(written.event())).isEqualTo(row);
    }

    @Test
    void plainJsonBecomesAnEventWithTheSameBytes() {
        byte[] json = Events.json("{\"flight\":\"UA1\", \"departed\":\"2001-01-01T00:00:00Z\"}");
        Event event = writer.write("id", json).event();
        assertThat(event.data()).isSameAs(json);
        assertThat(event.subject()).isEqualTo("UA1");
    }

    @Test
    void aMissingEventTimeIsRefusedByName() {
        assertThatThrownBy(() -> reader.read(Events.json("{\"flight\":\"UA1\"}")))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("Field 'departed', the event time of stream 'departures', is missing.");
    }

    @Test
    void aDefinitionWhoseKeyOrTimeDoesNotFitIsRefused() {
        assertThatThrownBy(() -> definition("fligth", "departed")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> definition("flight", "delay"))
                .isInstanceOf(EventProblem.Malformed.class)
                .hasMessageContaining("number");
    }
}
