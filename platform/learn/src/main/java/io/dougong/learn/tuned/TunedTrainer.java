package io.dougong.learn.tuned;

import io.dougong.learn.Folds;
import io.dougong.learn.LearnProblem;
import io.dougong.learn.Progress;
import io.dougong.learn.Trainer;
import io.dougong.learn.TrainerDefinition;
import io.dougong.learn.TrainingTable;
import io.dougong.learn.logistic.LogisticTrainer;
import io.dougong.learn.xgboost.BoostingSearch;
import io.dougong.learn.xgboost.XgboostTrainer;
import io.dougong.models.BlendedModel;
import io.dougong.models.Model;
import io.dougong.models.ModelFormats;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Boosted trees of searched settings and a linear model, blended by the share that has the least loss over rows that neither had seen
 * (stacked generalisation, Wolpert 1992; Breiman 1996 for why the weights are not negative). The share is found on a coarse grid, and the simpler model alone
 * is taken where the blend is hardly better: on a few hundred rows a fine share would be fitted to chance.
 *
 * <p>A linear model extrapolates and is hard to beat on few rows; trees find thresholds and interactions. What the blend costs in a
 * decision is one more sum.
 */
public final class TunedTrainer implements Trainer {

    /** The search sees a sample of larger tables. */
    private static final int MOST_SEARCHED = 20_000;

    /** Of a fold; fewer folds are made of fewer rows. */
    private static final int FEWEST_ROWS = 10;

    private static final TrainerDefinition.Logistic LINEAR = new TrainerDefinition.Logistic(1);

    private final BoostingSearch search;
    private final XgboostTrainer boosting;
    private final LogisticTrainer linear = new LogisticTrainer();
    private final ModelFormats formats = new ModelFormats(ModelFormats.pureJava());

    /** @param threads of the native library; part of what makes a run repeatable */
    public TunedTrainer(int threads) {
        this.search = new BoostingSearch(threads);
        this.boosting = new XgboostTrainer(threads);
    }

    @Override
    public boolean trains(TrainerDefinition definition) {
        return definition instanceof TrainerDefinition.Tuned;
    }

    @Override
    public TextOrder textOrder(TrainerDefinition definition) {
        return TextOrder.TARGET_MEAN;
    }

    @Override
    public Fitted fit(TrainerDefinition definition, TrainingTable table, long seed, Progress progress) {
        TrainerDefinition.Tuned tuned = (TrainerDefinition.Tuned) definition;
        check(tuned);
        TrainingTable searched = table.sample(MOST_SEARCHED, seed);
        int count = Math.clamp(searched.rows() / FEWEST_ROWS, 2, tuned.folds());
        Folds folds = Folds.of(searched, count, seed);
        BoostingSearch.Found found = search.search(tuned, searched, folds, seed, progress);
        double share = tuned.monotone().isEmpty() ? share(searched, folds, found, seed) : 1;
        Fitted fitted = blended(share, found.settings(), table, seed, progress);
        Map<String, String> parameters = new TreeMap<>(fitted.parameters());
        parameters.put("search.candidates", Integer.toString(tuned.candidates()));
        parameters.put("search.folds", Integer.toString(folds.count()));
        parameters.put("search.rows", Integer.toString(searched.rows()));
        parameters.put("search.loss", String.format(Locale.ROOT, "%.5f", found.loss()));
        parameters.put("share.trees", String.format(Locale.ROOT, "%.1f", share));
        return new Fitted(fitted.format(), fitted.payload(), parameters);
    }

    private static void check(TrainerDefinition.Tuned tuned) {
        if (tuned.candidates() < 1 || tuned.candidates() > TrainerDefinition.Tuned.MOST_CANDIDATES) {
            throw LearnProblem.badTrainer(
                    "candidates is " + tuned.candidates() + ".",
                    "There are 1 to " + TrainerDefinition.Tuned.MOST_CANDIDATES + ".");
        }
    }

    private double share(TrainingTable table, Folds folds, BoostingSearch.Found found, long seed) {
        double[] margins = new double[found.margins().length];
        int outputs = margins.length / table.rows();
        float[] row = new float[table.names().size()];
        double[] own = new double[outputs];
        for (int fold = 0; fold < folds.count(); fold++) {
            Model model = model(linear.fit(LINEAR, table.part(folds.outside(fold)), seed, Progress.NONE));
            for (int place : folds.inside(fold)) {
                table.read(place, row);
                model.margins(row, own);
                System.arraycopy(own, 0, margins, place * outputs, outputs);
            }
        }
        return new BlendShare(table, found.margins(), margins).best();
    }

    private Fitted blended(
            double share, TrainerDefinition.Xgboost settings, TrainingTable table, long seed, Progress progress) {
        if (share == 0) {
            return linear.fit(LINEAR, table, seed, progress);
        }
        Fitted trees = boosting.fit(settings, table, seed, progress);
        if (share == 1) {
            return trees;
        }
        Fitted line = linear.fit(LINEAR, table, seed, Progress.NONE);
        BlendedModel blend = new BlendedModel(
                List.of(new BlendedModel.Part(share, model(trees)), new BlendedModel.Part(1 - share, model(line))));
        Map<String, String> parameters = new TreeMap<>(line.parameters());
        parameters.putAll(trees.parameters());
        return new Fitted(BlendedModel.FORMAT, blend.bytes(), parameters);
    }

    private Model model(Fitted fitted) {
        return formats.read(fitted.format(), fitted.payload());
    }
}
