package io.dougong.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    Path folder;

    @Test
    void aSecondOpeningIsRefusedAndNamesTheHolder() {
        try (Home home = Home.open(folder)) {
            assertThatThrownBy(() -> Home.open(home.folder()))
                    .isInstanceOf(StorageProblem.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void afterClosingItOpensAgain() {
        Home.open(folder).close();
        try (Home again = Home.open(folder)) {
            assertThat(again.room("events")).isDirectory();
        }
    }

    @Test
    void aFolderOfANewerReleaseIsRefusedAndStaysUnlocked() throws IOException {
        Files.writeString(folder.resolve("FORMAT"), "99");
        assertThatThrownBy(() -> Home.open(folder)).hasMessageContaining("format 99");
        Files.writeString(folder.resolve("FORMAT"), "1");
        Home.open(folder).close();
    }

    @Test
    void aFormatThatIsNoNumberIsRefusedByName() throws IOException {
        Files.writeString(folder.resolve("FORMAT"), "one");
        assertThatThrownBy(() -> Home.open(folder))
                .isInstanceOfSatisfying(
                        StorageProblem.class,
                        problem -> assertThat(problem.code()).isEqualTo("bad-format"))
                .hasMessageContaining("'one'");
    }

    @Test
    void aDurableWriteReplacesTheWholeFileAndLeavesNothingBehind() throws IOException {
        Path file = folder.resolve("f");
        DurableFiles.write(file, "long first content".getBytes(StandardCharsets.UTF_8));
        DurableFiles.write(file, "short".getBytes(StandardCharsets.UTF_8));
        assertThat(file).hasContent("short");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void migrationsRunOnceAndDataStays() {
        MetadataDatabase database = MetadataDatabase.open(folder.resolve("metadata.db"));
        database.migrated("sample").useHandle(handle -> handle.execute("INSERT INTO sample VALUES ('kept')"));
        Jdbi again = MetadataDatabase.open(folder.resolve("metadata.db")).migrated("sample");
        List<String> names = again.withHandle(handle -> handle.createQuery("SELECT name FROM sample")
                .mapTo(String.class)
                .list());
        assertThat(names).containsExactly("kept");
    }

    @Test
    void aHomeIsDeletedWholeButNeverAForeignFolderNorOneInUse() throws IOException {
        Path home = folder.resolve("home");
        try (Home open = Home.open(home)) {
            Files.writeString(open.room("events").resolve("f"), "x");
            assertThatThrownBy(() -> Home.delete(home)).isInstanceOf(StorageProblem.class);
        }
        Home.delete(home);
        assertThat(home).doesNotExist();
        Home.delete(home);

        Path foreign = Files.createDirectories(folder.resolve("photos"));
        Files.writeString(foreign.resolve("cat.jpg"), "x");
        assertThatThrownBy(() -> Home.delete(foreign))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("not a folder of Dougong");
        assertThat(foreign.resolve("cat.jpg")).exists();
    }
}
