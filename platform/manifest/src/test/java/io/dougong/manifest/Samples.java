package io.dougong.manifest;

import io.dougong.documents.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Manifests to try things on. */
final class Samples {

    static final Path FLIGHT_DELAY = Path.of("../../apps/flight-delay/app.yaml");

    private Samples() {}

    /** Says once everything that a manifest can say. */
    static String payments() {
        try (InputStream in = Samples.class.getResourceAsStream("payments.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The payments manifest with one text replaced by another. */
    static String payments(String old, String young) {
        String yaml = payments();
        if (!yaml.contains(old)) {
            throw new IllegalArgumentException("The sample does not hold '" + old + "'");
        }
        return yaml.replaceFirst(java.util.regex.Pattern.quote(old), java.util.regex.Matcher.quoteReplacement(young));
    }

    static Application read(String yaml) {
        return Manifest.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** The mistakes of a manifest; none if it is sound. */
    static List<Fault> faults(String yaml) {
        try {
            read(yaml);
            return List.of();
        } catch (ManifestProblem problem) {
            return problem.faults();
        }
    }
}
