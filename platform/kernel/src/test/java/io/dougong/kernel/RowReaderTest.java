package io.dougong.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowReaderTest {

    private static final Schema SCHEMA = Schema.of(
            Field.required("id", FieldType.STRING),
            Field.required("at", FieldType.TIMESTAMP),
            Field.optional("distance", FieldType.INTEGER).between(0, 6000),
            Field.optional("speed", FieldType.NUMBER),
            Field.optional("cargo", FieldType.BOOLEAN),
            Field.optional("origin", FieldType.STRING).oneOf(List.of("SFO", "LAX")),
            Field.optional("pilot", FieldType.STRING).personal().oneOf(List.of("nobody")));

    private final RowReader reader = new RowReader(SCHEMA);

    @Test
    void aGoodObjectBecomesARowInSchemaOrder() {
        Row row = read("{\"distance\":337,\"id\":\"f1\",\"at\":\"2001-01-01T00:00:01Z\",\"speed\":7,\"cargo\":true}");
        assertThat(row).isEqualTo(Row.of(SCHEMA, "f1", 978_307_201_000_000L, 337L, 7.0, true, null, null));
    }

    @Test
    void halfASurrogatePairIsRefusedAndAWholeOneIsNot() {
        assertThat(RowReader.isUnicode("a\uD83D\uDE00")).isTrue();
        assertThat(RowReader.isUnicode("a\uD83D")).isFalse();
        assertThat(RowReader.isUnicode("\uDE00\uD83D")).isFalse();
    }

    @Test
    void aTimestampMayCarryAnOffset() {
        assertThat(read("{\"id\":\"f\",\"at\":\"2001-01-01T01:00:00+01:00\"}").get("at"))
                .isEqualTo(978_307_200_000_000L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                                     | malformed-json | not the JSON expected
            []                                                    | not-an-object  | Expected a JSON object
            {"id":"f"}                                            | missing-field  | 'at' is required
            {"id":"f","at":null}                                  | missing-field  | 'at' is required
            {"id":7,"at":"2001-01-01T00:00:00Z"}                  | wrong-value    | 'id' is '7', expected of type string
            {"id":"f","at":"yesterday"}                           | wrong-value    | 'at' is 'yesterday', expected a timestamp
            {"id":"f","at":"2001-01-01T00:00:00"}                 | wrong-value    | with a zone
            {"id":"f","at":978307200}                             | wrong-value    | of type timestamp
            {"id":"f","distnce":1}                                | unknown-field  | no field 'distnce'
            {"id":"f","id":"g"}                                   | malformed-json | Duplicate
            {"id":"f","at":"2001-01-01T00:00:00Z","distance":-1}  | wrong-value    | between 0.0 and 6000.0
            {"id":"f","at":"2001-01-01T00:00:00Z","distance":1.5} | wrong-value    | of type integer
            {"id":"f","at":"2001-01-01T00:00:00Z","distance":99999999999999999999} | wrong-value | 64-bit
            {"id":"f","at":"2001-01-01T00:00:00Z","speed":1e999}  | wrong-value    | finite
            {"id":"f","at":"2001-01-01T00:00:00Z","speed":NaN}    | malformed-json | NaN
            {"id":"f","at":"2001-01-01T00:00:00Z","cargo":"yes"}  | wrong-value    | of type boolean
            {"id":"f","at":"2001-01-01T00:00:00Z","origin":"JFK"} | wrong-value    | one of [SFO, LAX]
            {"id":"f","at":"2001-01-01T00:00:00Z"} {}             | trailing-json  | more after
            """)
    void whatBreaksTheSchemaIsNamed(String json, String code, String says) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        InvalidValue.class,
                        problem -> assertThat(problem.code()).isEqualTo(code))
                .hasMessageContaining(says);
    }

    @Test
    void aNearFieldNameIsOffered() {
        assertThatThrownBy(() -> read("{\"distnce\":1}"))
                .isInstanceOfSatisfying(
                        InvalidValue.class,
                        problem -> assertThat(problem.advice()).isEqualTo("Did you mean 'distance'?"));
    }

    @Test
    void aPersonalValueIsNeverShownInAnError() {
        assertThatThrownBy(() -> read("{\"id\":\"f\",\"at\":\"2001-01-01T00:00:00Z\",\"pilot\":\"Jane Roe\"}"))
                .hasMessageContaining("pilot")
                .hasMessageNotContaining("Jane");
    }

    @Property
    void noBytesAtAllCauseAnythingButAClearRefusal(@ForAll byte[] junk) {
        try {
            reader.read(junk);
        } catch (InvalidValue refused) {
            assertThat(refused.code()).isNotEmpty();
        }
    }

    private Row read(String json) {
        return reader.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
