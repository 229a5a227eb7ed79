package io.dougong.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TemporaryHome.class)
class MlflowRoutesTest {

    private static final String API = "/api/2.0/mlflow/";
    private static final String FILES = "/api/2.0/mlflow-artifacts/artifacts/";

    private final Wire admin = Wire.admin();

    private static Wire withRole(String role) {
        String body = "{\"name\":\"%s\",\"roles\":[\"%s\"]}".formatted(role + UUID.randomUUID(), role);
        return new Wire(Wire.admin()
                .post("/api/v1/tokens", Wire.JSON, body)
                .json()
                .path("secret")
                .asText());
    }

    private static Wire.Answer post(Wire wire, String path, String json) {
        return wire.post(API + path, Wire.JSON, json);
    }

    private String experiment() {
        String body = "{\"name\":\"%s\"}".formatted(UUID.randomUUID());
        return post(admin, "experiments/create", body)
                .json()
                .path("experiment_id")
                .asText();
    }

    private String run(String experiment) {
        return post(admin, "runs/create", "{\"experiment_id\":\"%s\",\"start_time\":\"17\"}".formatted(experiment))
                .json()
                .at("/run/info/run_id")
                .asText();
    }

    @Test
    void errorsHaveTheShapeThatClientsRead() {
        Wire.Answer unknown = admin.get(API + "runs/get?run_id=none");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().path("error_code").asText()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
        assertThat(unknown.json().path("message").asText()).contains("none");
        Wire.Answer missing = post(admin, "experiments/create", "{}");
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.json().path("error_code").asText()).isEqualTo("INVALID_PARAMETER_VALUE");
        assertThat(post(admin, "experiments/create", "{\"name\":\"Default\"}")
                        .json()
                        .path("error_code")
                        .asText())
                .isEqualTo("RESOURCE_ALREADY_EXISTS");
        for (String broken : List.of("{", "[]", "{\"name\":{}}", "{\"name\":\"a\",\"tags\":\"x\"}")) {
            assertThat(post(admin, "experiments/create", broken).status())
                    .as(broken)
                    .isEqualTo(400);
        }
    }

    @Test
    void whatIsNotCoveredAnswers501AndNamesTheTable() {
        for (String path :
                List.of("/api/2.0/mlflow/traces/search", "/api/3.0/mlflow/traces", "/ajax-api/2.0/mlflow/x")) {
            Wire.Answer answer = admin.post(path, Wire.JSON, "{}");
            assertThat(answer.status()).as(path).isEqualTo(501);
            assertThat(answer.json().path("message").asText()).contains(MlflowDoor.COVERAGE);
        }
    }

    @Test
    void trainersWriteAndOthersRead() {
        Wire trainer = withRole("TRAINER");
        Wire auditor = withRole("AUDITOR");
        String body = "{\"name\":\"%s\"}".formatted(UUID.randomUUID());
        assertThat(post(auditor, "experiments/create", body).status()).isEqualTo(403);
        assertThat(post(trainer, "experiments/create", body).status()).isEqualTo(200);
        assertThat(auditor.get(API + "experiments/get?experiment_id=0").status())
                .isEqualTo(200);
        assertThat(trainer.post("/api/v1/admin/shutdown").status()).isNotEqualTo(200);
        Wire.Answer stranger = post(new Wire(""), "experiments/create", body);
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.json().path("error_code").asText()).isEqualTo("UNAUTHENTICATED");
        assertThat(auditor.send(auditor.request(FILES + "0/x").PUT(BodyPublishers.ofString("no")))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theTokenMayBeAPassword() throws IOException {
        String token = Files.readString(Wire.home().resolve(Bootstrap.FILE));
        String pair = Base64.getEncoder().encodeToString(("anna:" + token).getBytes(StandardCharsets.UTF_8));
        Wire nobody = new Wire("");
        Wire.Answer answer = nobody.send(
                nobody.request(API + "experiments/get?experiment_id=0").header("Authorization", "Basic " + pair));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void numbersComeAsProtobufWritesThem() {
        String run = run(experiment());
        Wire.Answer logged = post(
                admin,
                "runs/log-batch",
                ("{\"run_id\":\"%s\",\"metrics\":[{\"key\":\"a\",\"value\":\"NaN\",\"timestamp\":\"5\",\"step\":\"2\"},"
                                + "{\"key\":\"b\",\"value\":\"-Infinity\",\"timestamp\":6}]}")
                        .formatted(run));
        assertThat(logged.status()).isEqualTo(200);
        JsonNode metrics = admin.get(API + "runs/get?run_uuid=" + run).json().at("/run/data/metrics");
        assertThat(metrics.at("/0/value").asText()).isEqualTo("NaN");
        assertThat(metrics.at("/0/step").asLong()).isEqualTo(2);
        assertThat(metrics.at("/1/value").asText()).isEqualTo("-Infinity");
    }

    @Test
    void anUploadThatIsCutLeavesNothing() throws IOException {
        String token = Files.readString(Wire.home().resolve(Bootstrap.FILE));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Wire.port())) {
            socket.getOutputStream()
                    .write(("PUT " + FILES + "0/cut.bin HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token
                                    + "\r\nContent-Length: 1000000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[300_000]);
            socket.getOutputStream().flush();
        }
        assertThat(admin.send(admin.request(FILES + "0/whole.bin").PUT(BodyPublishers.ofByteArray(new byte[300_000])))
                        .status())
                .isEqualTo(200);
        assertThat(admin.get(FILES + "0/cut.bin").status()).isEqualTo(404);
        Path store = Wire.home().resolve("tracking/artifacts");
        try (Stream<Path> files = Files.walk(store)) {
            assertThat(files.map(Path::toString)).noneMatch(file -> file.contains("cut.bin"));
        }
    }

    @Test
    void filesComeBackWholeAndInRanges() {
        byte[] content = new byte[200_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31);
        }
        assertThat(admin.send(admin.request(FILES + "0/r/x.bin").PUT(BodyPublishers.ofByteArray(content)))
                        .status())
                .isEqualTo(200);
        Wire.Answer whole = admin.get(FILES + "0/r/x.bin");
        assertThat(whole.response().body()).isEqualTo(content);
        assertThat(whole.header("Content-Disposition")).isEqualTo("attachment");
        Wire.Answer part = admin.send(admin.request(FILES + "0/r/x.bin")
                .header("Range", "bytes=100-199")
                .GET());
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.header("Content-Range")).isEqualTo("bytes 100-199/200000");
        assertThat(part.response().body()).isEqualTo(java.util.Arrays.copyOfRange(content, 100, 200));
        assertThat(admin.get("/api/2.0/mlflow-artifacts/artifacts?path=0/r")
                        .json()
                        .at("/files/0/path")
                        .asText())
                .isEqualTo("x.bin");
    }

    @Test
    void noPathLeavesTheStore() {
        for (String path : List.of("..%2f..%2fsecret", "a/%2e%2e/%2e%2e/%2e%2e/b", "a%5C..%5Cb", "x%00y", "%2e%2e")) {
            Wire.Answer put = admin.send(admin.request(FILES + path).PUT(BodyPublishers.ofString("bad")));
            assertThat(put.status()).as(path).isIn(400, 404, 405, 501);
        }
        assertThat(admin.get("/api/2.0/mlflow-artifacts/artifacts?path=../..").status())
                .isEqualTo(400);
    }

    @Test
    void theTrainingsOfThePlatformAreExperimentsToo() {
        Shop.ready(admin);
        JsonNode experiment = admin.get(API + "experiments/get-by-name?experiment_name=dougong/shop/return-risk")
                .json()
                .path("experiment");
        String id = experiment.path("experiment_id").asText();
        JsonNode runs = post(admin, "runs/search", "{\"experiment_ids\":[\"%s\"]}".formatted(id))
                .json()
                .path("runs");
        assertThat(runs.size()).isGreaterThanOrEqualTo(1);
        JsonNode first = runs.get(runs.size() - 1);
        assertThat(first.at("/info/status").asText()).isEqualTo("FINISHED");
        assertThat(first.at("/data/params").size()).isGreaterThan(3);
        assertThat(first.at("/inputs/dataset_inputs").size()).isGreaterThan(0);
        Wire.Answer version = admin.get(API + "registered-models/alias?name=shop__return-risk&alias=champion");
        assertThat(version.json().at("/model_version/version").asText()).isEqualTo("1");
        assertThat(version.json().at("/model_version/run_id").asText())
                .isEqualTo(first.at("/info/run_id").asText());
        Wire.Answer refused = post(
                admin,
                "registered-models/alias",
                "{\"name\":\"shop__return-risk\",\"alias\":\"champion\",\"version\":\"1\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("message").asText()).contains("promote");
    }
}
