package io.dougong.learn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Takes a model made elsewhere as it is: the ONNX file becomes the payload. What it was trained on is not known here, so its evaluation
 * is only as honest as the file; calibration, abstention, evaluation and gates are done as for any other model.
 */
public final class OnnxImporter implements Trainer {

    public static final String FORMAT = "onnx";
    private static final long MOST_BYTES = 512L << 20;

    private final Path folder;

    /** @param folder that relative paths are resolved against, usually the application's */
    public OnnxImporter(Path folder) {
        this.folder = folder;
    }

    @Override
    public boolean trains(TrainerDefinition definition) {
        return definition instanceof TrainerDefinition.OnnxImport;
    }

    @Override
    public Fitted fit(TrainerDefinition definition, TrainingTable table, long seed, Progress progress) {
        Path file = folder.resolve(((TrainerDefinition.OnnxImport) definition).path());
        for (int column = 0; column < table.names().size(); column++) {
            if (table.categorical(column)) {
                throw LearnProblem.badTrainer(
                        "Feature '" + table.names().get(column)
                                + "' is text, and how the file codes text is not known.",
                        "Import a model whose inputs are numbers.");
            }
        }
        return new Fitted(FORMAT, read(file), Map.of("path", file.getFileName().toString()));
    }

    private static byte[] read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw LearnProblem.badTrainer(
                        file + " is larger than " + (MOST_BYTES >> 20) + " MiB.", "Maybe quantise the model.");
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw LearnProblem.badTrainer(
                    "The ONNX file " + file + " cannot be read.",
                    "Maybe the path is wrong; it is taken from the application's folder.");
        }
    }
}
