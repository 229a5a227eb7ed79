package io.dougong.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.Json;
import io.dougong.kernel.Times;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the CloudEvents 1.0.2 specification and its JSON event format. */
class CloudEventsTest {

    private static final long ARRIVED = 42;
    private static final long YEAR_1 = -62_135_596_800_000_000L;
    private static final long YEAR_9999 = 253_402_300_799_000_000L;

    private static Event read(String json) {
        return CloudEvents.read(json.getBytes(StandardCharsets.UTF_8), ARRIVED);
    }

    private static String event(String more) {
        return "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"/s\",\"type\":\"t\"" + more + "}";
    }

    /** The example of the JSON event format, section 3.2, with its data as JSON. */
    @Test
    void theExampleOfTheSpecificationIsRead() {
        Event event = read("""
                {
                    "specversion" : "1.0",
                    "type" : "com.example.someevent",
                    "source" : "/mycontext",
                    "subject": null,
                    "id" : "C234-1234-1234",
                    "time" : "2018-04-05T17:31:00Z",
                    "comexampleextension1" : "value",
                    "comexampleothervalue" : 5,
                    "datacontenttype" : "application/json",
                    "data" : {
                        "appinfoA" : "abc",
                        "appinfoB" : 123,
                        "appinfoC" : true
                    }
                }""");
        assertThat(event.id()).isEqualTo("C234-1234-1234");
        assertThat(event.source()).isEqualTo("/mycontext");
        assertThat(event.type()).isEqualTo("com.example.someevent");
        assertThat(event.subject()).isEmpty();
        assertThat(event.timeMicros()).isEqualTo(Times.micros(Instant.parse("2018-04-05T17:31:00Z")));
        assertThat(event.extensions())
                .containsExactlyEntriesOf(new java.util.TreeMap<>(Map.of(
                        "comexampleextension1", "value",
                        "comexampleothervalue", "5",
                        "datacontenttype", "application/json")));
        assertThat(Json.tree(event.data()))
                .isEqualTo(Json.tree(Events.json("{\"appinfoA\":\"abc\",\"appinfoB\":123,\"appinfoC\":true}")));
    }

    @Property
    void whatIsWrittenReadsBackEqual(
            @ForAll @StringLength(min = 1, max = 30) String id,
            @ForAll @StringLength(max = 30) String subject,
            @ForAll @LongRange(min = YEAR_1, max = YEAR_9999) long time,
            @ForAll @StringLength(max = 50) String text,
            @ForAll double number,
            @ForAll @AlphaChars @StringLength(min = 1, max = 10) String extension) {
        byte[] data = Json.bytes(Map.of("text", text, "number", Double.isFinite(number) ? number : 0.0));
        Event event = new Event(id, "/s?x=1#y", "t", subject, time, data, Map.of("traceid", extension));
        byte[] json = CloudEvents.write(event);
        assertThat(CloudEvents.read(json, ARRIVED))
                .isEqualTo(
                        new Event(utf8(id), "/s?x=1#y", "t", utf8(subject), time, data, Map.of("traceid", extension)));
        assertThat(CloudEvents.write(CloudEvents.read(json, ARRIVED))).isEqualTo(json);
    }

    private static String utf8(String text) {
        return Json.tree(Json.bytes(text)).textValue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"b\": 1.50, \"a\":[ ]}", "[1, {\"x\":\"}\"}]", "\"text\"", "12.50", "-7", "true", "null", "{}"
            })
    void theDataKeepsItsBytes(String data) {
        assertThat(new String(
                        read(event(",\"data\":" + data + ",\"subject\":\"s\"")).data(), StandardCharsets.UTF_8))
                .isEqualTo(data);
        assertThat(new String(read(event(",\"data\":" + data)).data(), StandardCharsets.UTF_8))
                .isEqualTo(data);
    }

    @Test
    void textOutsideAsciiBeforeTheDataDoesNotShiftIt() {
        Event event = read(event(",\"subject\":\"斗拱 🏯\",\"data\":{\"名\":\"梁\"}"));
        assertThat(event.subject()).isEqualTo("斗拱 🏯");
        assertThat(event.data()).isEqualTo(Events.json("{\"名\":\"梁\"}"));
    }

    @Test
    void base64DataThatIsJsonIsUnwrapped() {
        assertThat(read(event(",\"data_base64\":\"eyJhIjoxfQ==\"")).data()).isEqualTo(Events.json("{\"a\":1}"));
    }

    @Test
    void anEventWithoutTimeGetsTheTimeOfArrival() {
        assertThat(read(event("")).timeMicros()).isEqualTo(ARRIVED);
    }

    @ParameterizedTest
    @CsvSource({
        "2001-02-03T04:05:06Z, 2001-02-03T04:05:06Z",
        "2001-02-03t04:05:06.789012z, 2001-02-03T04:05:06.789012Z",
        "2001-02-03T04:05:06.7890129Z, 2001-02-03T04:05:06.789012Z",
        "2001-02-03T04:05:06+05:30, 2001-02-02T22:35:06Z"
    })
    void timesOfRfc3339AreReadToTheMicrosecond(String written, String meant) {
        assertThat(read(event(",\"time\":\"" + written + "\"")).timeMicros())
                .isEqualTo(Times.micros(Instant.parse(meant)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"specversion\":\"1.0\",\"source\":\"/s\",\"type\":\"t\"}",
                "{\"specversion\":\"1.0\",\"id\":\"\",\"source\":\"/s\",\"type\":\"t\"}",
                "{\"specversion\":\"1.0\",\"id\":\"a\",\"type\":\"t\"}",
                "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"/s\"}",
                "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"not a uri\",\"type\":\"t\"}",
                "{\"specversion\":\"0.3\",\"id\":\"a\",\"source\":\"/s\",\"type\":\"t\"}",
                "{\"id\":\"a\",\"source\":\"/s\",\"type\":\"t\"}",
                "[]",
                "",
                "{",
                "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"/s\",\"type\":\"t\"} x"
            })
    void whatBreaksTheSpecificationIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(EventProblem.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"subject\":\"\"",
                ",\"time\":\"2001-02-03\"",
                ",\"time\":\"2001-02-03T04:05:06\"",
                ",\"time\":\"2001-02-03T04:05Z\"",
                ",\"time\":\"2001-02-30T04:05:06Z\"",
                ",\"time\":12",
                ",\"BadName\":\"x\"",
                ",\"bad_name\":\"x\"",
                ",\"ext\":1.5",
                ",\"ext\":{}",
                ",\"dataschema\":\"relative\"",
                ",\"datacontenttype\":\"text/plain\",\"data\":\"x\"",
                ",\"data\":1,\"data_base64\":\"MQ==\"",
                ",\"data_base64\":\"?\"",
                ",\"data_base64\":\"AAAA\"",
                ",\"id\":\"twice\""
            })
    void attributesThatBreakTheSpecificationAreRefused(String more) {
        assertThatThrownBy(() -> read(event(more))).isInstanceOf(EventProblem.Malformed.class);
    }

    @Test
    void aBatchReadsBackInOrder() {
        List<Event> events = List.of(Events.event("a"), Events.event("b"));
        byte[] json = CloudEvents.writeBatch(events);
        assertThat(CloudEvents.readBatch(json, ARRIVED, 2)).isEqualTo(events);
        assertThatThrownBy(() -> CloudEvents.readBatch(json, ARRIVED, 1)).isInstanceOf(EventProblem.Malformed.class);
        assertThat(CloudEvents.readBatch(Events.json("[]"), ARRIVED, 1)).isEmpty();
    }

    @Test
    void dataThatIsNotJsonIsNotWritten() {
        Event event = Event.of("a", "/s", "t", "", 0, Events.json("{\"a\":1},\"injected\":{}"));
        assertThatThrownBy(() -> CloudEvents.write(event)).isInstanceOf(EventProblem.Malformed.class);
    }
}
