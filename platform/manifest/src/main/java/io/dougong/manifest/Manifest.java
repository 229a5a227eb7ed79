package io.dougong.manifest;

import io.dougong.documents.Fault;
import io.dougong.documents.Faults;
import io.dougong.documents.JsonSchema;
import io.dougong.documents.Node;
import io.dougong.documents.YamlTree;
import io.dougong.kernel.Json;
import io.dougong.kernel.StorageProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The manifest file: reading, checking and writing applications. */
public final class Manifest {

    private static final String SCHEMA_ID = "https://dougong.io/schema/app.schema.json";
    private static final String SCHEMA_TITLE = "A Dougong application";

    static final YamlTree.Kind KIND = new YamlTree.Kind("manifest", "Start with 'application: <name>'.");

    private Manifest() {}

    /**
     * Reads YAML.
     *
     * @throws ManifestProblem with every mistake of the file, each with line and column
     */
    public static Application read(byte[] yaml) {
        Faults faults = new Faults();
        return YamlTree.read(yaml, KIND, faults)
                .flatMap(document -> new ApplicationReader(faults).read(document))
                .orElseThrow(() -> ManifestProblem.faulty(faults.sorted()));
    }

    /** Reads a YAML file, see {@link #read(byte[])}. */
    public static Application read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in.readNBytes(YamlTree.MAX_BYTES + 1));
        } catch (NoSuchFileException missing) {
            throw ManifestProblem.missing(file);
        } catch (IOException unreadable) {
            throw StorageProblem.unreadable(file.toString(), unreadable);
        }
    }

    /** Every mistake of an application that was written in code; empty if it is sound. */
    public static List<Fault> check(Application application) {
        Faults faults = new Faults();
        Optional<Application> _ = new ApplicationReader(faults).read(Node.of("", ApplicationTree.of(application)));
        return faults.sorted();
    }

    /** The application as readable YAML in UTF-8; reading it again gives an equal application. */
    public static byte[] write(Application application) {
        Object plain = Defaults.strip(ApplicationTree.of(application), Grammar.application());
        return YamlText.of((Map<?, ?>) plain, Grammar.application()).getBytes(StandardCharsets.UTF_8);
    }

    /** The JSON Schema (draft 2020-12) of manifests, for editors: the shape, not the references between parts. */
    public static byte[] schema() {
        Map<String, Object> schema = JsonSchema.document(SCHEMA_ID, SCHEMA_TITLE, Grammar.application());
        return (Json.mapper().valueToTree(schema).toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
