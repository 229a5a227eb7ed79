package io.dougong.benchmarks;

import io.dougong.models.TreeEnsemble;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Exact reasons for one row: the engine of this project and XGBoost4J, one thread each. */
@SuppressWarnings("NullAway.Init")
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TreeShapBenchmark {

    @Param({"100x6", "500x8"})
    String shape = "";

    private final double[] reasons = new double[TrainedForest.INPUTS + 1];
    private final float[][] rows = new float[TrainedForest.ROWS][];
    private TreeEnsemble ours;
    private TreeEnsemble.Scratch scratch;
    private Booster booster;
    private int next;

    @Setup
    public void train() throws XGBoostError {
        TrainedForest forest = TrainedForest.of(shape);
        ours = forest.ours();
        scratch = ours.scratch();
        booster = forest.booster();
        Arrays.setAll(rows, forest::row);
    }

    @TearDown
    public void close() {
        booster.dispose();
    }

    private float[] nextRow() {
        next = (next + 1) % rows.length;
        return rows[next];
    }

    @Benchmark
    public double oneRowOurs() {
        ours.contributions(nextRow(), reasons, scratch);
        return reasons[0];
    }

    @Benchmark
    public float oneRowXgboost() throws XGBoostError {
        DMatrix row = new DMatrix(nextRow(), 1, TrainedForest.INPUTS, Float.NaN);
        try {
            return booster.predictContrib(row, 0)[0][0];
        } finally {
            row.dispose();
        }
    }
}
