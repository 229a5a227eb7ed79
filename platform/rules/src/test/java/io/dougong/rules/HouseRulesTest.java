package io.dougong.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The floor plan of docs/ARCHITECTURE.md, held against the compiled classes. */
class HouseRulesTest {

    private static final List<List<String>> FLOORS = List.of(
            List.of("kernel"),
            List.of("decisions", "documents", "models"),
            List.of("events", "lake", "trust", "tracking"),
            List.of("features", "flow", "review"),
            List.of("learn", "serving"),
            List.of("operate"),
            List.of("manifest"),
            List.of("node"));

    /** Packages that only one variant package of one room may touch. */
    private static final Map<String, Set<String>> DRIVERS = Map.of(
            "org.rocksdb..", Set.of("io.dougong.events.embedded", "io.dougong.features.embedded"),
            "org.apache.iceberg..", Set.of("io.dougong.lake.iceberg"),
            "org.duckdb..", Set.of("io.dougong.lake.duckdb"),
            "ml.dmlc..", Set.of("io.dougong.learn.xgboost"),
            "ai.onnxruntime..", Set.of("io.dougong.models.onnx"));

    private final JavaClasses house = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.dougong");

    @Test
    void theRulesSawTheWholeHouse() {
        for (String room : rooms().toList()) {
            long seen = house.stream().filter(type -> livesIn(type, room)).count();
            assertThat(seen).as("classes of room " + room).isGreaterThan(3);
        }
    }

    @Test
    void lowerRoomsNeverKnowHigherOnes() {
        var layers = Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String room : rooms().toList()) {
            layers = layers.layer(room).definedBy("io.dougong." + room + "..");
        }
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            String[] above =
                    FLOORS.stream().skip(floor + 1L).flatMap(List::stream).toArray(String[]::new);
            for (String room : FLOORS.get(floor)) {
                layers = above.length == 0
                        ? layers.whereLayer(room).mayNotBeAccessedByAnyLayer()
                        : layers.whereLayer(room).mayOnlyBeAccessedByLayers(above);
            }
        }
        layers.check(house);
    }

    @Test
    void thereAreNoCyclesBetweenPackages() {
        slices().matching("io.dougong.(**)").should().beFreeOfCycles().check(house);
    }

    @Test
    void aDriverIsTouchedByItsVariantOnly() {
        DRIVERS.forEach((driver, homes) -> noClasses()
                .that(new DescribedPredicate<>("live outside " + homes) {
                    @Override
                    public boolean test(JavaClass type) {
                        return !homes.contains(type.getPackageName());
                    }
                })
                .should()
                .dependOnClassesThat()
                .resideInAPackage(driver)
                .check(house));
    }

    @Test
    void aVariantIsKnownOnlyToTheCompositionRoot() {
        for (String variant : List.of("embedded", "iceberg", "duckdb", "onnx", "xgboost")) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.dougong.." + variant + "..",
                            "io.dougong.node..",
                            "io.dougong.lake..",
                            "io.dougong.learn.tuned..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.dougong.." + variant + "..")
                    .check(house);
        }
    }

    @Test
    void everyRoomIsNullMarked() {
        for (JavaClass type : house) {
            assertThat(type.getPackage().isAnnotatedWith(NullMarked.class))
                    .as("package " + type.getPackageName() + " is @NullMarked")
                    .isTrue();
        }
    }

    @Test
    void noClassHidesBehindAnEmptyName() {
        classes()
                .should()
                .haveNameNotMatching(".*(Impl|Manager|Util|Utils|Helper|Service|Dto|DTO)")
                .check(house);
    }

    @Test
    void roomsHaveNoFrameworkAndPrintNothing() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", "org.springframework..", "lombok..")
                .check(house);
        noClasses().should().accessField(System.class, "out").check(house);
        noClasses().should().accessField(System.class, "err").check(house);
        noClasses().should().callMethod(Throwable.class, "printStackTrace").check(house);
    }

    private static Stream<String> rooms() {
        return FLOORS.stream().flatMap(List::stream);
    }

    private static boolean livesIn(JavaClass type, String room) {
        return type.getPackageName().equals("io.dougong." + room)
                || type.getPackageName().startsWith("io.dougong." + room + ".");
    }
}
