package io.dougong.learn;

import io.dougong.models.FeatureEncoder;
import io.dougong.models.FeatureSpec;
import io.dougong.models.Task;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Some rows of a data set as a model sees them: every feature a float, text by the model's dictionary, missing NaN. */
public final class TrainingTable {

    private final Dataset dataset;
    private final int[] rows;
    private final List<String> names;
    private final float[][] recodings;
    private final Task task;
    private final List<String> classes;
    private final float[] classPlaces;
    private final boolean @Nullable [] labels;
    private final double @Nullable [] weights;

    /**
     * @param rows of the data set, in the order in which they are served
     * @param recodings per text column the model's number for each of the data set's codes; empty for a number column
     * @param classPlaces the model's number for each of the data set's classes
     * @param labels to be used instead of the data set's, or null
     * @param weights per row, or null for 1 each
     */
    private TrainingTable(
            Dataset dataset,
            int[] rows,
            List<String> names,
            float[][] recodings,
            Task task,
            List<String> classes,
            float[] classPlaces,
            boolean @Nullable [] labels,
            double @Nullable [] weights) {
        this.dataset = dataset;
        this.rows = rows;
        this.names = names;
        this.recodings = recodings;
        this.task = task;
        this.classes = classes;
        this.classPlaces = classPlaces;
        this.labels = labels;
        this.weights = weights;
    }

    /** Of two classes. */
    static TrainingTable of(Dataset dataset, int[] rows, FeatureEncoder encoder) {
        return of(dataset, rows, encoder, Task.BINARY);
    }

    /**
     * @param rows to train on; of several classes those that occur there are the model's, in order of their names
     * @param encoder of the model, one spec per column of the data set
     */
    static TrainingTable of(Dataset dataset, int[] rows, FeatureEncoder encoder, Task task) {
        List<FeatureSpec> specs = encoder.specs();
        float[][] recodings = new float[specs.size()][];
        for (int column = 0; column < recodings.length; column++) {
            recodings[column] = recoding(dataset.categories(column), specs.get(column));
        }
        List<String> classes = task == Task.MULTICLASS ? classes(dataset, rows) : List.of();
        float[] places = new float[dataset.classes().size()];
        for (int code = 0; code < places.length; code++) {
            places[code] = classes.indexOf(dataset.classes().get(code));
        }
        return new TrainingTable(
                dataset,
                rows,
                specs.stream().map(FeatureSpec::name).toList(),
                recodings,
                task,
                classes,
                places,
                null,
                null);
    }

    private static List<String> classes(Dataset dataset, int[] rows) {
        return Arrays.stream(rows)
                .map(row -> (int) dataset.target(row))
                .distinct()
                .mapToObj(dataset.classes()::get)
                .sorted()
                .toList();
    }

    /** The data set's codes as the encoder would code their texts: those it does not know are missing. */
    private static float[] recoding(List<String> texts, FeatureSpec spec) {
        FeatureEncoder alone = new FeatureEncoder(List.of(spec));
        float[] recoding = new float[texts.size()];
        for (int code = 0; code < recoding.length; code++) {
            recoding[code] = alone.encode(List.of(texts.get(code))).row()[0];
        }
        return recoding;
    }

    /** Other rows of the same data set, encoded the same. */
    TrainingTable of(int[] others) {
        return with(others, recodings, null, null);
    }

    /** Other rows of the same data set with labels and weights of their own; a row may stand there twice. */
    TrainingTable of(int[] others, boolean[] labels, double[] weights) {
        return with(others, recodings, labels, weights);
    }

    /** Some of these rows, with their labels and weights. */
    public TrainingTable part(int[] places) {
        int[] chosen = Arrays.stream(places).map(place -> rows[place]).toArray();
        boolean[] chosenLabels = labels == null ? null : new boolean[places.length];
        double[] chosenWeights = weights == null ? null : new double[places.length];
        for (int i = 0; i < places.length; i++) {
            if (labels != null && chosenLabels != null) {
                chosenLabels[i] = labels[places[i]];
            }
            if (weights != null && chosenWeights != null) {
                chosenWeights[i] = weights[places[i]];
            }
        }
        return with(chosen, recodings, chosenLabels, chosenWeights);
    }

    /** These rows, or if there are more a sample of so many, in their order. */
    public TrainingTable sample(int most, long seed) {
        if (rows.length <= most) {
            return this;
        }
        int[] chosen = Arrays.copyOf(Folds.shuffled(rows.length, seed), most);
        Arrays.sort(chosen);
        return part(chosen);
    }

    /**
     * Per text feature a number for each of its codes, so that they rise with the mean of the target over these rows; empty for a
     * number. A code that does not occur stands where the mean of all does.
     */
    public float[][] targetOrder() {
        double[] targets = TargetMeans.targets(task, rows.length, this::target);
        float[][] orders = new float[names.size()][0];
        float[] row = new float[names.size()];
        TargetMeans[] means = new TargetMeans[names.size()];
        for (int column = 0; column < means.length; column++) {
            means[column] = new TargetMeans(recodings[column].length);
        }
        for (int i = 0; i < rows.length; i++) {
            read(i, row);
            for (int column = 0; column < row.length; column++) {
                if (categorical(column)) {
                    means[column].add(row[column], targets[i]);
                }
            }
        }
        for (int column = 0; column < row.length; column++) {
            orders[column] = places(means[column], recodings[column].length);
        }
        return orders;
    }

    private static float[] places(TargetMeans means, int codes) {
        List<Integer> sorted = IntStream.range(0, codes)
                .boxed()
                .sorted(Comparator.comparingDouble(means::of))
                .toList();
        float[] places = new float[codes];
        for (int place = 0; place < codes; place++) {
            places[sorted.get(place)] = place;
        }
        return places;
    }

    /** The same rows with other numbers for the codes of texts, as {@link #targetOrder} gives them. */
    public TrainingTable renumbered(float[][] order) {
        float[][] renumbered = new float[recodings.length][];
        for (int column = 0; column < renumbered.length; column++) {
            renumbered[column] = recodings[column].clone();
            for (int code = 0; code < renumbered[column].length; code++) {
                float known = renumbered[column][code];
                renumbered[column][code] = Float.isNaN(known) ? known : order[column][(int) known];
            }
        }
        return with(rows, renumbered, labels, weights);
    }

    private TrainingTable with(
            int[] others, float[][] codes, boolean @Nullable [] theirLabels, double @Nullable [] theirWeights) {
        return new TrainingTable(dataset, others, names, codes, task, classes, classPlaces, theirLabels, theirWeights);
    }

    /** How much the row counts in training. */
    public double weight(int row) {
        return weights == null ? 1 : weights[row];
    }

    /** Whether any row counts other than once. */
    public boolean weighted() {
        return weights != null;
    }

    public List<String> names() {
        return names;
    }

    public int rows() {
        return rows.length;
    }

    public Task task() {
        return task;
    }

    /** The model's classes, in the order of its margins; empty unless there are several. */
    public List<String> classes() {
        return classes;
    }

    /** Whether the row is of the positive class of two. */
    public boolean label(int row) {
        return labels == null ? dataset.label(rows[row]) : labels[row];
    }

    /** 0 or 1 of two classes; the place in {@link #classes} of several, -1 for one that was not there to train on; else the number. */
    public float target(int row) {
        if (labels != null) {
            return labels[row] ? 1 : 0;
        }
        float target = dataset.target(rows[row]);
        return task == Task.MULTICLASS ? classPlaces[(int) target] : target;
    }

    /** Copies a row's features. */
    public void read(int row, float[] into) {
        for (int column = 0; column < into.length; column++) {
            float value = dataset.value(rows[row], column);
            float[] recoding = recodings[column];
            into[column] = recoding.length == 0 || Float.isNaN(value) ? value : recoding[(int) value];
        }
    }

    long askedMicros(int row) {
        return dataset.askedMicros(rows[row]);
    }

    long knownMicros(int row) {
        return dataset.knownMicros(rows[row]);
    }

    /** Whether the column is text, its numbers codes. */
    public boolean categorical(int column) {
        return dataset.columns().get(column).categorical();
    }

    @Nullable
    String text(int row, int column) {
        return dataset.text(rows[row], column);
    }
}
