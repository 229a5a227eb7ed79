package io.dougong.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dougong.models.Boosters.Trained;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import ml.dmlc.xgboost4j.java.XGBoostError;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeEnsembleTest {

    private static final String[] OBJECTIVES = {"binary:logistic", "reg:squarederror", "multi:softprob"};

    @Property(tries = 40)
    void marginsHaveTheBitsOfXgboost(
            @ForAll @IntRange(min = 0, max = 2) int objective,
            @ForAll @IntRange(min = 1, max = 40) int trees,
            @ForAll @IntRange(min = 1, max = 10) int depth,
            @ForAll @IntRange(min = 1, max = 12) int inputs,
            @ForAll long seed,
            @ForAll boolean json)
            throws XGBoostError {
        assertSameBits(Boosters.train(OBJECTIVES[objective], trees, depth, inputs, seed, json ? "json" : "ubj"));
    }

    @ParameterizedTest
    @CsvSource({"500, 8", "500, 3", "300, 10", "1, 1"})
    void marginsOfLargeForestsHaveTheBitsOfXgboost(int trees, int depth) throws XGBoostError {
        assertSameBits(Boosters.train("binary:logistic", trees, depth, 15, trees, "ubj"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "binary:logitraw",
                "reg:logistic",
                "count:poisson",
                "reg:gamma",
                "reg:tweedie",
                "reg:absoluteerror",
                "reg:pseudohubererror",
                "reg:squaredlogerror",
                "multi:softmax"
            })
    void everyKnownObjectiveStartsFromTheRightIntercept(String objective) throws XGBoostError {
        assertSameBits(Boosters.train(objective, 3, 3, 5, 11, "ubj"));
    }

    @Property(tries = 60)
    void anInterceptGivenByHandHasTheBitsOfXgboost(
            @ForAll @IntRange(min = 1, max = 99_999) int share, @ForAll boolean count) throws XGBoostError {
        assertSameBits(Boosters.train(
                Map.of("objective", count ? "count:poisson" : "binary:logistic", "base_score", share / 100_000.0),
                1,
                1,
                2,
                share,
                "json"));
    }

    @Test
    void randomForestsWithParallelTreesHaveTheBitsOfXgboost() throws XGBoostError {
        assertSameBits(Boosters.train(
                Map.of(
                        "objective",
                        "binary:logistic",
                        "num_parallel_tree",
                        5,
                        "subsample",
                        0.7,
                        "tree_method",
                        "exact"),
                6,
                5,
                9,
                3,
                "ubj"));
    }

    @Test
    void leafWiseTreesOfUnequalDepthHaveTheBitsOfXgboost() throws XGBoostError {
        assertSameBits(Boosters.train(
                Map.of("objective", "reg:squarederror", "grow_policy", "lossguide", "max_leaves", 40),
                20,
                0,
                9,
                5,
                "ubj"));
    }

    @Property(tries = 30)
    void contributionsAgreeWithXgboostAndSumToTheMargin(
            @ForAll @IntRange(min = 0, max = 2) int objective,
            @ForAll @IntRange(min = 1, max = 30) int trees,
            @ForAll @IntRange(min = 1, max = 10) int depth,
            @ForAll @IntRange(min = 1, max = 9) int inputs,
            @ForAll long seed)
            throws XGBoostError {
        assertSameReasons(Boosters.train(OBJECTIVES[objective], trees, depth, inputs, seed, "ubj"));
    }

    @Test
    void contributionsOfALargeForestAgreeWithXgboost() throws XGBoostError {
        assertSameReasons(Boosters.train("binary:logistic", 500, 8, 15, 4, "ubj"));
    }

    @Test
    void scratchIsReusableAcrossRowsAndChangesNothing() {
        Trained trained = Boosters.train("multi:softprob", 10, 6, 7, 8, "ubj");
        TreeEnsemble.Scratch scratch = trained.ours().scratch();
        double[] fresh = new double[24];
        double[] reused = new double[24];
        for (int i = 0; i < trained.rows(); i++) {
            trained.ours().contributions(trained.row(i), fresh);
            trained.ours().contributions(trained.row(i), reused, scratch);
            assertThat(reused).isEqualTo(fresh);
        }
    }

    @Test
    void bytesReadBackGiveTheSameModel() {
        Trained trained = Boosters.train("binary:logistic", 5, 4, 6, 1, "json");
        TreeEnsemble again = TreeEnsemble.read(trained.ours().bytes());
        assertThat(again.bytes()).isEqualTo(trained.ours().bytes());
        assertThat(again.trees()).isEqualTo(5);
        assertThat(again.task()).isEqualTo(Task.BINARY);
        assertThat(batch(again, trained)).isEqualTo(batch(trained.ours(), trained));
    }

    @Property(tries = 200)
    void aDamagedModelIsAProblemAndNeverSomethingElse(@ForAll long seed, @ForAll boolean json) {
        byte[] bytes = (json ? Damaged.JSON : Damaged.UBJ).clone();
        java.util.Random random = new java.util.Random(seed);
        int at = random.nextInt(bytes.length);
        byte[] damaged = random.nextBoolean() ? Arrays.copyOf(bytes, at) : bytes;
        if (damaged.length > at) {
            damaged[at] = (byte) random.nextInt();
        }
        try {
            TreeEnsemble.read(damaged).margins(new float[3], new double[1]);
        } catch (ModelProblem expected) {
            assertThat(expected.code()).isNotEmpty();
        }
    }

    /** One small model in both formats. */
    private static final class Damaged {
        static final byte[] JSON =
                Boosters.train("binary:logistic", 2, 2, 3, 1, "json").ours().bytes();
        static final byte[] UBJ =
                Boosters.train("binary:logistic", 2, 2, 3, 1, "ubj").ours().bytes();
    }

    @Test
    void whatIsNotATreeBoosterIsRefusedWithItsReason() {
        assertThatThrownBy(() -> TreeEnsemble.read("hello".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ModelProblem.Corrupt.class)
                .hasMessageContaining("neither JSON nor UBJSON");
        assertThatThrownBy(() -> Boosters.train(
                        Map.of("objective", "reg:squarederror", "booster", "gblinear"), 2, 2, 3, 1, "json"))
                .isInstanceOf(ModelProblem.Unsupported.class)
                .hasMessageContaining("gblinear");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        TreeEnsemble model =
                Boosters.train("binary:logistic", 2, 2, 3, 1, "ubj").ours();
        assertThatThrownBy(() -> model.margins(new float[4], new double[1]))
                .isInstanceOf(ModelProblem.BadInput.class)
                .hasMessageContaining("4 numbers are not 1 row(s) of 3");
    }

    private static void assertSameBits(Trained trained) throws XGBoostError {
        float[][] theirs = trained.booster().predict(trained.matrix(), true);
        double[] batch = batch(trained.ours(), trained);
        int outputs = trained.ours().outputs();
        double[] one = new double[outputs];
        for (int i = 0; i < trained.rows(); i++) {
            trained.ours().margins(trained.row(i), one);
            assertThat(theirs[i]).hasSize(outputs);
            for (int k = 0; k < outputs; k++) {
                assertThat((float) one[k]).as("row %d output %d", i, k).isEqualTo(theirs[i][k]);
                assertThat(batch[i * outputs + k]).isEqualTo(one[k]);
            }
        }
    }

    private static double[] batch(TreeEnsemble model, Trained trained) {
        double[] out = new double[trained.rows() * model.outputs()];
        model.margins(trained.fresh(), trained.rows(), out);
        return out;
    }

    private static void assertSameReasons(Trained trained) throws XGBoostError {
        float[][] theirs = trained.booster().predictContrib(trained.matrix(), 0);
        int outputs = trained.ours().outputs();
        int width = trained.inputs() + 1;
        double[] ours = new double[outputs * width];
        double[] margins = new double[outputs];
        for (int i = 0; i < trained.rows(); i++) {
            trained.ours().contributions(trained.row(i), ours);
            trained.ours().margins(trained.row(i), margins);
            for (int k = 0; k < outputs; k++) {
                double sum = 0;
                for (int j = 0; j < width; j++) {
                    double scale = Math.max(1, Math.abs(theirs[i][k * width + j]));
                    assertThat(ours[k * width + j]).isCloseTo(theirs[i][k * width + j], within(1e-5 * scale));
                    sum += ours[k * width + j];
                }
                assertThat(sum).isCloseTo(margins[k], within(1e-5 * Math.max(1, Math.abs(margins[k]))));
            }
        }
    }
}
