package io.dougong.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionerTest {

    /** Values of Apache Kafka's own test, {@code UtilsTest.testMurmur2}. */
    @ParameterizedTest
    @CsvSource({
        "21, -973932308",
        "foobar, -790332482",
        "a-little-bit-long-string, -985981536",
        "a-little-bit-longer-string, -1486304829",
        "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8, -58897971"
    })
    void murmur2IsThatOfKafka(String key, int expected) {
        assertThat(Partitioner.murmur2(key.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
    }

    @Test
    void anEventWithoutSubjectIsSpreadById() {
        assertThat(Partitioner.partition(Events.event("a", ""), 100)).isEqualTo(Partitioner.partition("a", 100));
    }
}
