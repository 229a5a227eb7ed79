package io.dougong.dist;

import java.time.Instant;

/** Events of the application {@code shop}: an order every ten minutes; which of them come back can be learned from the amount. */
final class Orders {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Orders() {}

    static String order(String id, int i) {
        return "{\"id\":\"%s\",\"at\":\"%s\",\"country\":\"DE\",\"amount\":%d}".formatted(id, at(i), i % 97);
    }

    private static Instant at(int i) {
        return START.plusSeconds(600L * i);
    }

    /** One a line, {@code o0} to {@code o<count-1>}. */
    static String orders(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(order("o" + i, i)).append('\n');
        }
        return lines.toString();
    }

    static String returns(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(
                    "{\"id\":\"o%d\",\"known\":\"%s\",\"returned\":%s}\n".formatted(i, at(i), i % 97 > 40 + i % 13));
        }
        return lines.toString();
    }
}
