package io.dougong.benchmarks;

import io.dougong.models.TreeEnsemble;
import io.dougong.models.onnx.OnnxModel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import ml.dmlc.xgboost4j.java.Booster;
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

/** Margins of one row and of 1,000 rows: the engine of this project, XGBoost4J and ONNX Runtime, one thread each. */
@SuppressWarnings("NullAway.Init")
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ForestBenchmark {

    @Param({"100x6", "500x8"})
    String shape = "";

    private final double[] one = new double[1];
    private final double[] many = new double[TrainedForest.ROWS];
    private final float[][] rows = new float[TrainedForest.ROWS][];
    private float[] flat = {};
    private TreeEnsemble ours;
    private TreeEnsemble.Scratch scratch;
    private Booster booster;
    private OnnxModel onnx;
    private int next;

    @Setup
    public void train() throws XGBoostError {
        TrainedForest forest = TrainedForest.of(shape);
        ours = forest.ours();
        scratch = ours.scratch();
        booster = forest.booster();
        flat = forest.rows();
        Arrays.setAll(rows, forest::row);
        onnx = OnnxModel.read(OnnxForest.write(forest.json(), TrainedForest.INPUTS));
        checkThatAllAgree();
    }

    private void checkThatAllAgree() {
        double[] theirs = new double[TrainedForest.ROWS];
        onnx.margins(flat, TrainedForest.ROWS, theirs);
        ours.margins(flat, TrainedForest.ROWS, many);
        for (int i = 0; i < theirs.length; i++) {
            if (Math.abs(theirs[i] - many[i]) > 1e-4) {
                throw new IllegalStateException("row " + i + ": ONNX " + theirs[i] + ", ours " + many[i]);
            }
        }
    }

    @TearDown
    public void close() {
        onnx.close();
        booster.dispose();
    }

    private float[] nextRow() {
        next = (next + 1) % rows.length;
        return rows[next];
    }

    @Benchmark
    public double oneRowOurs() {
        ours.margins(nextRow(), one, scratch);
        return one[0];
    }

    @Benchmark
    public double oneRowOnnx() {
        onnx.margins(nextRow(), one);
        return one[0];
    }

    @Benchmark
    public float oneRowXgboost() throws XGBoostError {
        return booster.inplace_predict(nextRow(), 1, TrainedForest.INPUTS, Float.NaN)[0][0];
    }

    @Benchmark
    public double thousandRowsOurs() {
        ours.margins(flat, TrainedForest.ROWS, many);
        return many[0];
    }

    @Benchmark
    public double thousandRowsOnnx() {
        onnx.margins(flat, TrainedForest.ROWS, many);
        return many[0];
    }

    @Benchmark
    public float thousandRowsXgboost() throws XGBoostError {
        return booster.inplace_predict(flat, TrainedForest.ROWS, TrainedForest.INPUTS, Float.NaN)[0][0];
    }
}
