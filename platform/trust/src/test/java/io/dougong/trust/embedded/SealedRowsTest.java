package io.dougong.trust.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Sensitivity;
import io.dougong.trust.Caller;
import io.dougong.trust.FixedRandom;
import io.dougong.trust.ManualClock;
import io.dougong.trust.MasterKey;
import io.dougong.trust.Redaction;
import io.dougong.trust.Role;
import io.dougong.trust.SealedRows;
import io.dougong.trust.TrustProblem;
import io.dougong.trust.Vault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedRowsTest {

    private static final Schema SCHEMA = Schema.of(
            Field.required("amount", FieldType.NUMBER).between(0, 1e9),
            Field.required("name", FieldType.STRING).personal(),
            Field.optional("born", FieldType.TIMESTAMP).personal(),
            Field.optional("income", FieldType.NUMBER).personal(),
            Field.optional("children", FieldType.INTEGER).personal(),
            Field.optional("married", FieldType.BOOLEAN).personal(),
            new Field("pin", FieldType.STRING, false, Sensitivity.SECRET, null, null, List.of()),
            Field.required("at", FieldType.TIMESTAMP));
    private static final Row FULL = Row.of(
            SCHEMA,
            12.5,
            "Zoë Müller",
            -315_619_200_000_000L,
            0.1 + 0.2,
            Long.MAX_VALUE,
            true,
            "4711",
            1_700_000_000_123_456L);

    @TempDir
    Path folder;

    private StoredSubjectKeys keys;
    private Vault vault;
    private SealedRows rows;

    @BeforeEach
    void open() {
        keys = new StoredSubjectKeys(
                folder, MasterKey.random(new FixedRandom(1)), new ManualClock(), new FixedRandom(2), 100);
        vault = new Vault(keys, new FixedRandom(3));
        rows = new SealedRows(SCHEMA, vault);
    }

    @AfterEach
    void close() {
        keys.close();
    }

    @Test
    void aRowReadsBackEqualAndItsJsonShowsOnlyWhatIsPublic() {
        byte[] json = rows.write(FULL, "zoe");
        assertThat(rows.read(json, "zoe")).isEqualTo(new SealedRows.Read(FULL, Set.of()));
        assertThat(new String(json, StandardCharsets.UTF_8))
                .contains("\"amount\":12.5", "\"at\":\"2023-11-14T22:13:20.123456Z\"", "\"pin\":\"enc:v1:")
                .doesNotContain("Zoë", "4711", "0.30", "9223372036854775807");
    }

    @Test
    void missingValuesStayMissing() {
        Row sparse = Row.of(SCHEMA, 1.0, "x", null, null, null, null, null, 0L);
        assertThat(rows.read(rows.write(sparse, "x"), "x").row()).isEqualTo(sparse);
    }

    @Test
    void anErasedPersonsRowReadsBackWithoutThePersonalFields() {
        byte[] json = rows.write(FULL, "zoe");
        vault.erase("zoe");
        SealedRows.Read read = rows.read(json, "zoe");
        assertThat(read.row())
                .isEqualTo(Row.of(SCHEMA, 12.5, null, null, null, null, null, null, 1_700_000_000_123_456L));
        assertThat(read.erased()).containsExactlyInAnyOrder("name", "born", "income", "children", "married", "pin");
    }

    @Test
    void aRowOfOnePersonDoesNotOpenAsAnothers() {
        byte[] json = rows.write(FULL, "zoe");
        assertThatThrownBy(() -> rows.read(json, "eve")).isInstanceOf(TrustProblem.Refused.class);
        assertThatThrownBy(() -> rows.read(json, null)).hasMessageContaining("names no subject");
    }

    @Test
    void aPersonalValueOfNobodyIsRefused() {
        assertThatThrownBy(() -> rows.write(FULL, null)).hasMessageContaining("'name' is personal");
    }

    @Test
    void aFieldThatBecamePersonalLaterIsReadFromOldRows() {
        byte[] old =
                "{\"amount\":1.0,\"name\":\"Ann\",\"at\":\"1970-01-01T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(rows.read(old, "ann").row().get("name")).isEqualTo("Ann");
    }

    @Test
    void onlyWhoMaySeePersonsSeesThemAndNobodySeesSecrets() {
        Caller reviewer = new Caller("1", "r", Set.of(Role.REVIEWER));
        Caller admin = new Caller("2", "a", Set.of(Role.ADMIN));
        assertThat(Redaction.shown(FULL, reviewer))
                .containsEntry("name", "Zoë Müller")
                .containsEntry("pin", Redaction.SECRET_MASK)
                .containsEntry("amount", 12.5);
        assertThat(Redaction.shown(FULL, admin))
                .containsEntry("name", Redaction.PERSONAL_MASK)
                .containsEntry("amount", 12.5);
        assertThat(Redaction.logged(FULL))
                .isEqualTo(Map.of(
                        "amount", 12.5,
                        "name", "[personal]",
                        "born", "[personal]",
                        "income", "[personal]",
                        "children", "[personal]",
                        "married", "[personal]",
                        "pin", "[secret]",
                        "at", 1_700_000_000_123_456L));
    }
}
