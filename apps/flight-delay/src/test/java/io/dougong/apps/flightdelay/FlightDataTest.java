package io.dougong.apps.flightdelay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dougong.kernel.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightDataTest {

    private static final byte[] CONTENT = "parquet, supposedly".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private FlightData data(String sha256) {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new FlightData(folder.resolve("cache").resolve("f.parquet"), sha256, out);
    }

    @Test
    void aFileWithTheRightChecksumIsKeptFromWhicheverSourceAnswers() throws Exception {
        Path source = Files.write(folder.resolve("source.parquet"), CONTENT);
        FlightData data = data(Digest.of(CONTENT).hex());
        assertThat(data.pull(List.of("/nowhere/at/all", source.toString()))).isTrue();
        assertThat(folder.resolve("cache").resolve("f.parquet")).hasBinaryContent(CONTENT);
        assertThat(data.pull(List.of())).as("is there already").isTrue();
    }

    @Test
    void aFileWithAnotherChecksumIsNotKept() throws Exception {
        Path source = Files.write(folder.resolve("source.parquet"), CONTENT);
        assertThat(data(Digest.of("other").hex()).pull(List.of(source.toString())))
                .isFalse();
        assertThat(folder.resolve("cache")).isEmptyDirectory();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("not kept");
    }

    @Test
    void theFileIsFoundInsideAnNpmPackage() throws Exception {
        Path tgz = Files.write(folder.resolve("p.tgz"), tarball());
        assertThat(data(Digest.of(CONTENT).hex()).pull(List.of(tgz.toString()))).isTrue();
    }

    @Test
    void itIsDownloadedOverHttp() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/f.parquet", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
            exchange.close();
        });
        server.start();
        try {
            String root = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(data(Digest.of(CONTENT).hex()).pull(List.of(root + "/missing", root + "/f.parquet")))
                    .isTrue();
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("answered 404");
        } finally {
            server.stop(0);
        }
    }

    private static byte[] tarball() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(entry("package/package.json", "{}".getBytes(StandardCharsets.UTF_8)));
            gzip.write(entry("package/data/flights-3m.parquet", CONTENT));
            gzip.write(new byte[1024]);
        }
        return bytes.toByteArray();
    }

    private static byte[] entry(String name, byte[] content) {
        ByteBuffer blocks = ByteBuffer.allocate(512 + (content.length + 511) / 512 * 512);
        blocks.put(name.getBytes(StandardCharsets.US_ASCII));
        blocks.put(124, String.format("%011o", content.length).getBytes(StandardCharsets.US_ASCII));
        blocks.put(512, content);
        return blocks.array();
    }
}
