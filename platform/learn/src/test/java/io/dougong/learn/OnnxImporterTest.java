package io.dougong.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxImporterTest {

    @TempDir
    Path folder;

    private Trainer.Fitted fit(String path, TrainingTable table) {
        return new OnnxImporter(folder).fit(new TrainerDefinition.OnnxImport(path), table, 0, Progress.NONE);
    }

    @Test
    void theFileIsThePayload() throws IOException {
        Files.write(folder.resolve("model.onnx"), new byte[] {1, 2, 3});

        Trainer.Fitted fitted = fit("model.onnx", Tables.noisy(10, 2, 1));

        assertThat(fitted.payload()).containsExactly(1, 2, 3);
        assertThat(fitted.format()).isEqualTo("onnx");
    }

    @Test
    void aMissingFileSaysWhereItWasLookedFor() {
        assertThatThrownBy(() -> fit("nothing.onnx", Tables.noisy(10, 2, 1)))
                .isInstanceOf(LearnProblem.BadRequest.class)
                .hasMessageContaining(folder.resolve("nothing.onnx").toString());
    }

    @Test
    void textIsRefusedBecauseTheFilesCodesAreNotKnown() {
        TrainingTable table = Tables.table(Tables.dataset(
                List.of(new Column("place", true)), new Object[][] {{"ORD"}, {"JFK"}}, new boolean[2], 0));

        assertThatThrownBy(() -> fit("model.onnx", table)).hasMessageContaining("'place'");
    }
}
