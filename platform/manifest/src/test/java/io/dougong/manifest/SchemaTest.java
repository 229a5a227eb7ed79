package io.dougong.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.dougong.documents.Fault;
import io.dougong.documents.Faults;
import io.dougong.documents.Node;
import io.dougong.documents.Plain;
import io.dougong.documents.Shape;
import io.dougong.documents.ShapeCheck;
import io.dougong.documents.YamlTree;
import io.dougong.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The published JSON Schema and the reader say the same, judged by a validator of others. */
class SchemaTest {

    private static final Path PUBLISHED = Path.of("../../docs/schema/app.schema.json");

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(new String(Manifest.schema(), StandardCharsets.UTF_8));

    @Example
    void thePublishedSchemaIsTheOneOfTheReader() throws IOException {
        if (Boolean.getBoolean("schema.write")) {
            Files.createDirectories(PUBLISHED.getParent());
            Files.write(PUBLISHED, Manifest.schema());
        }
        assertThat(Files.readString(PUBLISHED))
                .as("docs/schema/app.schema.json; run this test with -Dschema.write=true to write it anew")
                .isEqualTo(new String(Manifest.schema(), StandardCharsets.UTF_8));
    }

    @Example
    void theSchemaIsPackaged() throws IOException {
        try (InputStream in = Manifest.class.getResourceAsStream("app.schema.json")) {
            assertThat(Objects.requireNonNull(in).readAllBytes()).isEqualTo(Manifest.schema());
        }
    }

    @Example
    void everyPropertyIsDescribed() {
        List<String> bare = new ArrayList<>();
        Json.tree(Manifest.schema())
                .findValues("properties")
                .forEach(properties -> properties.properties().forEach(property -> {
                    if (property.getValue().path("description").asText().isEmpty()) {
                        bare.add(property.getKey());
                    }
                }));
        assertThat(bare).isEmpty();
    }

    @Example
    void bothAcceptTheManifests() throws IOException {
        for (String yaml : List.of(Files.readString(Samples.FLIGHT_DELAY), Samples.payments())) {
            assertThat(Samples.faults(yaml)).isEmpty();
            assertThat(refusals(plain(yaml))).isEmpty();
        }
    }

    @Property(tries = 700)
    void bothAgreeOnTheShapeOfWhateverChanges(@ForAll("changes") List<Mutation> mutations) {
        Object plain = plain(Samples.payments());
        for (Mutation mutation : mutations) {
            plain = mutation.apply(plain);
        }
        List<Fault> faults = shapeFaults(plain);
        assertThat(refusals(plain).isEmpty())
                .as("accepted by the schema; the reader says " + faults)
                .isEqualTo(faults.isEmpty());
    }

    @Property(tries = 300)
    void bothRefuseAnUnknownKey(@ForAll("places") int place) {
        Object plain = plain(Samples.payments());
        List<Map<String, Object>> maps = new ArrayList<>();
        mapsWithKnownKeys(plain, Grammar.application(), maps);
        maps.get(place % maps.size()).put("unheard_of", "x");
        assertThat(shapeFaults(plain)).isNotEmpty();
        assertThat(refusals(plain)).isNotEmpty();
    }

    @Provide
    Arbitrary<List<Mutation>> changes() {
        return Mutation.any().list().ofMinSize(1).ofMaxSize(3);
    }

    @Provide
    Arbitrary<Integer> places() {
        return Arbitraries.integers().between(0, 10_000);
    }

    @SuppressWarnings("unchecked")
    private static void mapsWithKnownKeys(Object plain, Shape shape, List<Map<String, Object>> found) {
        if (plain instanceof Map<?, ?> map && !(shape instanceof Shape.Named)) {
            found.add((Map<String, Object>) map);
        }
        switch (shape) {
            case Shape.Named named
            when plain instanceof Map<?, ?> map ->
                map.values().forEach(value -> mapsWithKnownKeys(value, named.value(), found));
            case Shape.Keys keys
            when plain instanceof Map<?, ?> map ->
                keys.properties().stream()
                        .filter(property -> map.containsKey(property.key()))
                        .forEach(property -> mapsWithKnownKeys(
                                Objects.requireNonNull(map.get(property.key())), property.shape(), found));
            case Shape.Items items
            when plain instanceof List<?> list -> list.forEach(item -> mapsWithKnownKeys(item, items.item(), found));
            default -> {}
        }
    }

    private static List<Fault> shapeFaults(Object plain) {
        Faults faults = new Faults();
        new ShapeCheck(faults).check(Node.of("", plain), Grammar.application());
        return faults.sorted();
    }

    private List<com.networknt.schema.Error> refusals(Object plain) {
        return schema.validate(Json.text(plain), InputFormat.JSON);
    }

    private static Object plain(String yaml) {
        Faults faults = new Faults();
        Node node = YamlTree.read(yaml.getBytes(StandardCharsets.UTF_8), Manifest.KIND, faults)
                .orElseThrow();
        return Mutation.copy(Objects.requireNonNullElse(Plain.of(node), new LinkedHashMap<>()));
    }
}
