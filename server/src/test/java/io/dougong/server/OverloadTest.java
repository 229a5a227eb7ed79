package io.dougong.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The server under test has 64 places for appends. */
@QuarkusTest
@QuarkusTestResource(TemporaryHome.class)
class OverloadTest {

    private static final int PLACES = 64;

    /** Callers who hold their place by not sending their body fill the line; who comes then is told to come back. */
    @Test
    void whoComesWhenTheLineIsFullIsToldWhenToComeAgain() throws IOException {
        Wire admin = Wire.admin();
        Shop.ready(admin);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < PLACES; i++) {
                slow.add(half());
            }
            while (admin.get("/api/v1/status").json().path("inFlight").asInt() <= PLACES) {
                Thread.onSpinWait();
            }
            Wire.Answer refused = append(admin, "full");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.code()).isEqualTo("overloaded");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(admin.get("/api/v1/status").status()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        Wire.Answer later = append(admin, "later");
        while (later.status() == 429) {
            later = append(admin, "later");
        }
        assertThat(later.status()).isEqualTo(200);
    }

    private static Wire.Answer append(Wire admin, String id) {
        return admin.post(Shop.ORDERS, Wire.JSON, Shop.order(id, java.time.Instant.parse("2026-03-02T00:00:00Z"), 5));
    }

    private static Socket half() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Wire.port());
        String head = "POST " + Shop.ORDERS + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Files.readString(Wire.home().resolve(Bootstrap.FILE))
                + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    /** Far more at once than there are places: each is answered 200 or 429, and what was acknowledged is in the log, nothing else. */
    @Test
    void aFloodIsAnsweredAndNothingAcknowledgedIsLost() {
        Wire admin = Wire.admin();
        Shop.ready(admin);
        List<CompletableFuture<HttpResponse<InputStream>>> answers = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            answers.add(admin.client()
                    .sendAsync(
                            admin.request(Shop.ORDERS)
                                    .header("Content-Type", Wire.JSON)
                                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(Shop.order(
                                            "flood" + i, java.time.Instant.parse("2026-03-03T00:00:00Z"), 5)))
                                    .build(),
                            BodyHandlers.ofInputStream()));
        }
        List<Integer> statuses =
                answers.stream().map(answer -> answer.join().statusCode()).toList();
        assertThat(statuses).allMatch(status -> status == 200 || status == 429);
        String stored = new String(
                admin.get("/api/v1/applications/shop/streams/orders/events?max=10000")
                        .response()
                        .body(),
                StandardCharsets.UTF_8);
        for (int i = 0; i < statuses.size(); i++) {
            assertThat(stored.contains("\"flood" + i + "\"")).isEqualTo(statuses.get(i) == 200);
        }
    }
}
