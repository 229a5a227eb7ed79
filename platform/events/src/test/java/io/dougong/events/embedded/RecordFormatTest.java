package io.dougong.events.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.events.Event;
import io.dougong.events.EventProblem;
import io.dougong.events.Events;
import io.dougong.events.Position;
import io.dougong.events.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RecordFormatTest {

    private static final Position PLACE = new Position("orders", 3, 41);
    private static final byte[] KEY = Keys.record(7, 3, 41);

    private static byte[] sealed(Event event) {
        byte[] record = RecordFormat.encode(event);
        RecordFormat.seal(record, KEY, 99, 1_000_000, 12_345, new CRC32C());
        return record;
    }

    private static Event golden() {
        return new Event(
                "order-17",
                "/shop/1",
                "order.placed",
                "客户-5",
                981_173_106_789_012L,
                Events.json("{\"amount\":12.50}"),
                Map.of("trace", "abc", "dataschema", "https://example.org/order"));
    }

    @Property
    void everyEventReadsBackEqual(
            @ForAll @StringLength(min = 1, max = 300) String id,
            @ForAll @StringLength(min = 1, max = 20) String source,
            @ForAll @StringLength(max = 20) String subject,
            @ForAll long time,
            @ForAll @Size(max = 500) byte[] data,
            @ForAll @Size(max = 4)
                    Map<@AlphaChars @StringLength(min = 3, max = 9) String, @StringLength(max = 150) String> more) {
        Map<String, String> extensions = new java.util.TreeMap<>();
        more.forEach((name, value) -> extensions.put("x" + name.toLowerCase(java.util.Locale.ROOT), printable(value)));
        Event event = new Event(printable(id), printable(source), "type", printable(subject), time, data, extensions);
        assertThat(RecordFormat.decode(PLACE, KEY, sealed(event))).isEqualTo(new Stored(PLACE, 99, 1_000_000, event));
    }

    /** Text that UTF-8 can carry: half surrogate pairs cannot be encoded. */
    private static String printable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Test
    void everyFlippedBitIsFound() {
        byte[] record = sealed(golden());
        for (int bit = 0; bit < record.length * 8; bit++) {
            record[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> RecordFormat.decode(PLACE, KEY, record))
                    .isInstanceOf(EventProblem.Corrupt.class)
                    .hasMessageContaining("orders/3/41");
            record[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void aRecordAtAnotherPlaceIsFound() {
        assertThatThrownBy(() -> RecordFormat.decode(PLACE, Keys.record(7, 3, 42), sealed(golden())))
                .isInstanceOf(EventProblem.Corrupt.class);
    }

    @Test
    void theRecordOfVersion1StaysReadableAndIsWrittenTheSame() throws IOException {
        try (InputStream resource = RecordFormatTest.class.getResourceAsStream("/golden/record-v1.hex")) {
            assertThat(resource).isNotNull();
            String hex = new String(resource.readAllBytes(), StandardCharsets.US_ASCII).strip();
            byte[] bytes = HexFormat.of().parseHex(hex);
            assertThat(RecordFormat.decode(PLACE, KEY, bytes)).isEqualTo(new Stored(PLACE, 99, 1_000_000, golden()));
            assertThat(HexFormat.of().formatHex(sealed(golden()))).isEqualTo(hex);
        }
    }
}
