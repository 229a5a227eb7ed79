package io.dougong.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events as they stand in journals: version 1, held for ever. */
class EventCodecTest {

    private static final Map<String, RunEvent> EVENTS = Map.of(
            "accepted",
                    new RunEvent.Accepted(
                            1,
                            "d1",
                            Map.of("n", 3L),
                            "manual",
                            Map.of("a", StepOutcome.done(Map.of("x", 1.5))),
                            List.of("b"),
                            true),
            "done", new RunEvent.Ended(2, "a", 1, 1, StepOutcome.done(Map.of("list", List.of(1L, "two", true))), false),
            "cached", new RunEvent.Ended(2, "a", 1, 1, StepOutcome.done(), true),
            "plan",
                    new RunEvent.Ended(
                            3,
                            "a",
                            2,
                            1,
                            StepOutcome.plan(Step.work("t", "task", Map.of("name", "fit")), Step.approval("ok", "?")),
                            false),
            "failed",
                    new RunEvent.Ended(
                            4, "a[0].b", 1, 1, StepOutcome.failed(StepOutcome.Failure.TIMEOUT, "too long"), false),
            "signalled", new RunEvent.Signalled(5, "w", Map.of("k", "v"), "me"),
            "answered", new RunEvent.Answered(6, "ok", true, "me", "fine"),
            "woke", new RunEvent.Woke(7, "a", 1),
            "recovered", new RunEvent.Recovered(8, 2),
            "controlled", new RunEvent.Controlled(9, RunEvent.Control.SKIP, "a", "me", "why"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    accepted|{"v":1,"event":"accepted","at":1,"definition":"d1","parameters":{"n":3},"origin":"manual","given":{"a":{"done":{"x":1.5}}},"holds":["b"],"queued":true}
                    done|{"v":1,"event":"ended","at":2,"path":"a","attempt":1,"started":1,"outcome":{"done":{"list":[1,"two",true]}}}
                    cached|{"v":1,"event":"ended","at":2,"path":"a","attempt":1,"started":1,"outcome":{"done":{}},"cached":true}
                    plan|{"v":1,"event":"ended","at":3,"path":"a","attempt":2,"started":1,"outcome":{"done":{},"plan":{"t":{"task":{"name":"fit"}},"ok":{"approval":"?"}}}}
                    failed|{"v":1,"event":"ended","at":4,"path":"a[0].b","attempt":1,"started":1,"outcome":{"failed":"TIMEOUT","message":"too long"}}
                    signalled|{"v":1,"event":"signalled","at":5,"path":"w","payload":{"k":"v"},"by":"me"}
                    answered|{"v":1,"event":"answered","at":6,"path":"ok","approved":true,"by":"me","comment":"fine"}
                    woke|{"v":1,"event":"woke","at":7,"path":"a","attempt":1}
                    recovered|{"v":1,"event":"recovered","at":8,"generation":2}
                    controlled|{"v":1,"event":"controlled","at":9,"control":"SKIP","path":"a","by":"me","reason":"why"}
                    """)
    void anEventIsWrittenAsItAlwaysWasAndReadBackEqual(String name, String golden) {
        RunEvent event = java.util.Objects.requireNonNull(EVENTS.get(name));
        assertThat(EventCodec.write(event)).isEqualTo(golden);
        assertThat(EventCodec.read(golden)).isEqualTo(event);
    }
}
