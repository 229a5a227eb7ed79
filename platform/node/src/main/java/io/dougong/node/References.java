package io.dougong.node;

import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import io.dougong.kernel.Digest;
import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.StorageProblem;
import io.dougong.learn.Dataset;
import io.dougong.learn.Slices;
import io.dougong.models.LoadedModel;
import io.dougong.models.ModelArtifact;
import io.dougong.models.ModelCard;
import io.dougong.models.Task;
import io.dougong.operate.MonitorsDefinition;
import io.dougong.operate.Reference;
import io.dougong.operate.ReferenceBuilder;
import io.dougong.operate.ReferenceRows;
import io.dougong.serving.PredictionSet;
import io.dougong.serving.Scoring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was usual when each version was trained: a file beside the artifact, named by the artifact's digest. */
final class References {

    private final Path folder;
    private final Arms arms;

    References(Path folder, Arms arms) {
        this.folder = folder;
        this.arms = arms;
    }

    /** Empty for versions that were not trained here. */
    Optional<Reference> find(String digest) {
        Path file = file(digest);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Reference.read(Files.readAllBytes(file)));
        } catch (IOException unreadable) {
            throw StorageProblem.unreadable(file.toString(), unreadable);
        }
    }

    private Path file(String digest) {
        return folder.resolve(digest + ".json");
    }

    /** @param positiveFrom probability from which the positive outcome is taken */
    void make(
            Dataset dataset, Slices slices, ModelArtifact artifact, MonitorsDefinition monitors, double positiveFrom) {
        ModelCard.Abstention abstention = artifact.card().abstention();
        double threshold =
                abstention == null ? Double.NaN : abstention.initial().q();
        Reference reference = new ReferenceBuilder(
                        artifact.card().features(), artifact.card().task(), monitors, threshold, positiveFrom)
                .build(rows(dataset, artifact.card().task(), scores(dataset, slices, artifact.digest())));
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw StorageProblem.unreadable(folder.toString(), failed);
        }
        DurableFiles.write(file(artifact.digest().hex()), reference.bytes());
    }

    /** What the version says of the rows that it was not trained on; null for the others. */
    private @Nullable Score[] scores(Dataset dataset, Slices slices, Digest digest) {
        LoadedModel model = arms.load(digest);
        @Nullable Score[] scores = new @Nullable Score[dataset.rows()];
        for (int[] rows : List.of(slices.calibrate(), slices.test())) {
            for (int row : rows) {
                double[] margins =
                        model.margins(model.encode(values(dataset, row)).row());
                scores[row] = Scoring.score(model, margins);
            }
        }
        return scores;
    }

    private static List<@Nullable Object> values(Dataset dataset, int row) {
        List<@Nullable Object> values = new ArrayList<>(dataset.columns().size());
        for (int column = 0; column < dataset.columns().size(); column++) {
            Object value = value(dataset, row, column);
            values.add(value instanceof Float number ? (Object) number.doubleValue() : value);
        }
        return values;
    }

    private static @Nullable Object value(Dataset dataset, int row, int column) {
        if (dataset.columns().get(column).categorical()) {
            return dataset.text(row, column);
        }
        float value = dataset.value(row, column);
        return Float.isNaN(value) ? null : (Object) value;
    }

    private static ReferenceRows rows(Dataset dataset, Task task, @Nullable Score[] scores) {
        return new ReferenceRows() {
            @Override
            public int rows() {
                return dataset.rows();
            }

            @Override
            public long askedMicros(int row) {
                return dataset.askedMicros(row);
            }

            @Override
            public long knownMicros(int row) {
                return dataset.knownMicros(row);
            }

            @Override
            public @Nullable Object value(int row, int feature) {
                return References.value(dataset, row, feature);
            }

            @Override
            public Truth truth(int row) {
                return switch (task) {
                    case BINARY -> new Truth.Flag(dataset.label(row));
                    case MULTICLASS -> new Truth.Named(dataset.classes().get((int) dataset.target(row)));
                    case REGRESSION -> new Truth.Amount(dataset.target(row));
                };
            }

            @Override
            public boolean decided(int row, double threshold) {
                Score score = scores[row];
                return score != null && PredictionSet.decides(score, threshold);
            }

            @Override
            public @Nullable Score score(int row) {
                return scores[row];
            }
        };
    }
}
