package io.dougong.learn.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.learn.LearnProblem;
import io.dougong.learn.Progress;
import io.dougong.learn.Tables;
import io.dougong.learn.Trainer;
import io.dougong.learn.TrainerDefinition;
import io.dougong.learn.TrainingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class XgboostTrainerTest {

    private static final TrainerDefinition.Xgboost SAMPLING =
            new TrainerDefinition.Xgboost(20, 4, 0.3, 0.7, 0.7, 1, 1, Map.of());

    private final XgboostTrainer trainer = new XgboostTrainer(2);

    @Test
    void trainingTwiceGivesTheSameBytesAlsoWithSampling() {
        TrainingTable table = Tables.noisy(5_000, 8, 1);

        Trainer.Fitted first = trainer.fit(SAMPLING, table, 7, Progress.NONE);
        Trainer.Fitted second = trainer.fit(SAMPLING, table, 7, Progress.NONE);

        assertThat(first.payload()).isEqualTo(second.payload());
        assertThat(first.payload())
                .isNotEqualTo(trainer.fit(SAMPLING, table, 8, Progress.NONE).payload());
    }

    @Test
    void recordsWhatMakesTheRunRepeatable() {
        Trainer.Fitted fitted = trainer.fit(SAMPLING, Tables.noisy(200, 2, 1), 7, Progress.NONE);

        assertThat(fitted.parameters())
                .containsEntry("nthread", "2")
                .containsEntry("seed", "7")
                .containsEntry("trees", "20")
                .containsEntry("library", "xgboost 3.4.0");
    }

    @Test
    void tellsOfEveryTree() {
        List<Long> trees = new ArrayList<>();

        trainer.fit(SAMPLING, Tables.noisy(200, 2, 1), 7, (_, done, total) -> {
            assertThat(total).isEqualTo(20);
            trees.add(done);
        });

        assertThat(trees).hasSize(20).isSorted().doesNotHaveDuplicates().endsWith(20L);
    }

    @Test
    void aMonotoneConstraintOnAnUnknownFeatureIsRefused() {
        TrainerDefinition wrong = new TrainerDefinition.Xgboost(1, 1, 0.3, 1, 1, 1, 1, Map.of("y", 1));

        assertThatThrownBy(() -> trainer.fit(wrong, Tables.noisy(100, 2, 1), 7, Progress.NONE))
                .isInstanceOf(LearnProblem.BadRequest.class)
                .hasMessageContaining("'y'");
    }

    @Test
    void aParameterThatTheLibraryRefusesSaysSo() {
        TrainerDefinition wrong = new TrainerDefinition.Xgboost(1, 3, 0.3, 1.5, 1, 1, 1, Map.of());

        assertThatThrownBy(() -> trainer.fit(wrong, Tables.noisy(100, 2, 1), 7, Progress.NONE))
                .isInstanceOf(LearnProblem.TrainerFailed.class)
                .hasMessageContaining("subsample");
    }

    @Test
    void anInterruptStopsTrainingAndStaysSet() {
        TrainingTable table = Tables.noisy(1_000, 4, 1);
        TrainerDefinition endless = new TrainerDefinition.Xgboost(1_000_000, 4, 0.3, 1, 1, 1, 1, Map.of());
        Thread training = Thread.currentThread();

        assertThatThrownBy(() -> trainer.fit(endless, table, 7, (_, done, _) -> {
                    if (done == 3) {
                        training.interrupt();
                    }
                }))
                .isInstanceOf(LearnProblem.Interrupted.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
