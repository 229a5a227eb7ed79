package io.dougong.apps.tabular;

import io.dougong.decisions.Score;
import io.dougong.kernel.Suggest;
import io.dougong.models.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How groups fare by each protected column: who is given the favourable class, if there is one; else how the answers and their errors
 * differ.
 */
final class FairnessReport {

    private final Profile profile;
    private final Options options;
    private final double threshold;

    /** @param threshold of two classes, from which the positive one is taken */
    FairnessReport(Profile profile, Options options, double threshold) {
        this.profile = profile;
        this.options = options;
        this.threshold = threshold;
    }

    List<Fairness> of(List<Score> scores, List<Holdout.Held> rows) {
        Optional<String> favourable = favourable();
        if (favourable.isEmpty()) {
            return List.of();
        }
        boolean[] given = new boolean[rows.size()];
        boolean[] deserved = new boolean[rows.size()];
        for (int i = 0; i < given.length; i++) {
            given[i] = favourable.get().equals(answer(scores.get(i)));
            deserved[i] = favourable.get().equals(truth(rows.get(i).truth()));
        }
        List<Fairness> all = new ArrayList<>();
        for (int i = 0; i < profile.guarded().size(); i++) {
            all.addAll(Fairness.of(
                    profile.guarded().get(i).column(),
                    favourable.get(),
                    groups(rows, i),
                    given,
                    deserved,
                    options.seed()));
        }
        return all;
    }

    /** Of numbers, and of several classes. */
    List<GroupFigures> figures(List<Score> scores, List<Holdout.Held> rows) {
        List<GroupFigures> all = new ArrayList<>();
        if (profile.label().task() == Task.BINARY) {
            return all;
        }
        List<Object> truths = rows.stream().map(Holdout.Held::truth).toList();
        for (int i = 0; i < profile.guarded().size(); i++) {
            String column = profile.guarded().get(i).column();
            all.addAll(GroupFigures.of(column, groups(rows, i), scores, truths, options.seed()));
        }
        return all;
    }

    private static List<@Nullable String> groups(List<Holdout.Held> rows, int place) {
        List<@Nullable String> groups = new ArrayList<>();
        rows.forEach(row -> groups.add(row.groups().get(place)));
        return groups;
    }

    /** Unless told otherwise the event of two that is predicted is the unwelcome one. */
    private Optional<String> favourable() {
        Label label = profile.label();
        String asked = options.favourable();
        if (label.task() == Task.REGRESSION) {
            return Optional.empty();
        }
        if (asked != null && !label.classes().contains(asked)) {
            throw TableProblem.unfit(
                    "no-such-class",
                    "--favourable '" + asked + "' is no value of '" + label.column() + "'.",
                    Suggest.near(asked, label.classes()));
        }
        return asked == null && label.task() == Task.BINARY
                ? Optional.of(label.negative())
                : Optional.ofNullable(asked);
    }

    private String answer(Score score) {
        return switch (score) {
            case Score.Binary binary ->
                binary.probability() >= threshold
                        ? profile.label().positive()
                        : profile.label().negative();
            case Score.Classes classes -> classes.top();
            case Score.Amount _ -> "";
        };
    }

    private Object truth(Object truth) {
        if (truth instanceof Boolean positive) {
            return positive ? profile.label().positive() : profile.label().negative();
        }
        return truth;
    }
}
