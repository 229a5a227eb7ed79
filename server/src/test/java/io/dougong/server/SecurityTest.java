package io.dougong.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.trust.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TemporaryHome.class)
class SecurityTest {

    @Test
    void theBootstrapTokenIsReadableByItsOwnerOnly() throws IOException {
        assertThat(Files.getPosixFilePermissions(Wire.home().resolve(Bootstrap.FILE)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dgt_nonsense", "Basic abc"})
    void withoutAKnownTokenOnlyPageHealthAndDocumentAnswer(String token) {
        Wire stranger = new Wire(token);
        for (Endpoint endpoint : endpoints()) {
            Wire.Answer answer = stranger.send(
                    stranger.request(endpoint.path().replace("{", "").replace("}", ""))
                            .header(
                                    "Content-Type",
                                    endpoint.hasBody() ? endpoint.mediaTypes().getFirst() : "text/plain")
                            .method(endpoint.method(), java.net.http.HttpRequest.BodyPublishers.noBody()));
            if (endpoint.permission() == null) {
                assertThat(answer.status()).as(endpoint.path()).isEqualTo(200);
            } else {
                assertThat(answer.status()).as(endpoint.path()).isIn(401, 429);
            }
        }
    }

    /** Every endpoint with every role: let in exactly if the role has the permission. */
    @Test
    void eachRoleMayDoWhatItsPermissionsSay() {
        Map<Role, Wire> wires = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            String body = "{\"name\":\"%s\",\"roles\":[\"%s\"]}".formatted(role, role);
            wires.put(
                    role,
                    new Wire(Wire.admin()
                            .post("/api/v1/tokens", Wire.JSON, body)
                            .json()
                            .path("secret")
                            .asText()));
        }
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.permission() == null
                    || endpoint.path().endsWith("/shutdown")
                    || endpoint.lane() == Lanes.Kind.FEED) {
                continue;
            }
            wires.forEach((role, wire) -> {
                Wire.Answer answer = wire.send(wire.request(endpoint.path().replaceAll("\\{\\w+}", "none"))
                        .header(
                                "Content-Type",
                                endpoint.hasBody() ? endpoint.mediaTypes().getFirst() : "text/plain")
                        .method(endpoint.method(), java.net.http.HttpRequest.BodyPublishers.ofString("?")));
                boolean denied = answer.status() == 403;
                assertThat(denied)
                        .as(role + " " + endpoint.method() + " " + endpoint.path() + " " + answer.status())
                        .isEqualTo(!role.may(endpoint.permission()));
            });
        }
    }

    private static List<Endpoint> endpoints() {
        JsonNode paths = new Wire("").get("/api/v1/openapi.json").json().path("paths");
        List<Endpoint> all = Endpoints.ofServer();
        assertThat(paths.size())
                .isEqualTo(all.stream().map(Endpoint::path).distinct().count());
        all.forEach(endpoint -> assertThat(
                        paths.path(endpoint.path()).has(endpoint.method().toLowerCase(Locale.ROOT)))
                .isTrue());
        return all;
    }

    @Test
    void aRevokedTokenIsRefusedAtOnce() {
        Wire admin = Wire.admin();
        JsonNode made = admin.post("/api/v1/tokens", Wire.JSON, "{\"name\":\"short\",\"roles\":[\"auditor\"]}")
                .json();
        Wire auditor = new Wire(made.path("secret").asText());
        assertThat(auditor.get("/api/v1/status").status()).isEqualTo(200);
        assertThat(admin.delete("/api/v1/tokens/" + made.path("id").asText()).status())
                .isEqualTo(200);
        Wire.Answer refused = auditor.get("/api/v1/status");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.code()).isEqualTo("token-revoked");
        assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void aReboundHostNameIsRefused() throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n"))
                .contains("421")
                .contains("foreign-host");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n"))
                .contains("303 See Other");
    }

    @Test
    void http2IsSpokenToo() throws IOException, InterruptedException {
        Wire admin = Wire.admin();
        java.net.http.HttpResponse<String> answer = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_2)
                .build()
                .send(admin.request("/api/v1/status").build(), java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Wire.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return String.join("\n", reader.lines().toList());
        }
    }

    @Test
    void anAddressThatOthersReachNeedsAClientsToken() {
        assertThatThrownBy(() -> Access.checkBinding("0.0.0.0", List.of(), "", 0))
                .hasMessageContaining("0.0.0.0");
        Access.checkBinding("127.0.0.1", List.of(), "", 0);
        Access.checkBinding("::1", List.of(), "", 0);
    }

    @Test
    void theBootstrapTokenDoesNotWorkFromAfar() {
        io.dougong.trust.Caller bootstrap = new io.dougong.trust.Caller("b", "bootstrap", java.util.Set.of(Role.ADMIN));
        Access access = new Access((_, _) -> bootstrap, "b");
        assertThat(access.admit("Bearer x", "127.0.0.1", null)).isEqualTo(bootstrap);
        assertThatThrownBy(() -> access.admit("Bearer x", "10.0.0.7", null)).hasMessageContaining("this machine only");
    }

    @Test
    void tokensMadeAndRevokedAreInTheAuditChain() {
        Wire admin = Wire.admin();
        long before = chained(admin);
        JsonNode token = admin.post("/api/v1/tokens", Wire.JSON, "{\"name\":\"seen\",\"roles\":[\"AUDITOR\"]}")
                .json();
        assertThat(chained(admin)).isEqualTo(before + 1);
        admin.delete("/api/v1/tokens/" + token.path("id").asText());
        assertThat(chained(admin)).isEqualTo(before + 2);
    }

    private static long chained(Wire admin) {
        JsonNode report = admin.post("/api/v1/audit/verify").json();
        assertThat(report.path("ok").asBoolean()).isTrue();
        return report.path("entries").asLong();
    }
}
