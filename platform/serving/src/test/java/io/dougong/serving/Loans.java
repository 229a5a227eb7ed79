package io.dougong.serving;

import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.ModelRef;
import io.dougong.decisions.Route;
import io.dougong.models.AdaptiveConformal;
import io.dougong.models.Calibrator;
import io.dougong.models.FeatureSpec;
import io.dougong.models.LinearModel;
import io.dougong.models.LoadedModel;
import io.dougong.models.ModelArtifact;
import io.dougong.models.ModelCard;
import io.dougong.models.ModelFormats;
import io.dougong.trust.Expectation;
import io.dougong.trust.Guard;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tiny credit model for tests: margin = 2 · debt − 1 · income + 0.5. */
final class Loans {

    static final List<String> NAMES = List.of("debt", "income", "purpose");

    static final DecisionDefinition DEFINITION = new DecisionDefinition(
            "credit",
            "applications",
            null,
            "risk",
            List.of(new DecisionDefinition.OutcomeBand("REFUSE", 0.5), new DecisionDefinition.OutcomeBand("GRANT", 0)),
            new DecisionDefinition.Abstention(0.9, 0.01),
            2,
            List.of(),
            null,
            0,
            null,
            Map.of("debt", new DecisionDefinition.Words("debt", "负债")));

    private Loans() {}

    static LoadedModel model(double debtWeight) {
        LinearModel linear =
                new LinearModel(new double[] {debtWeight, -1, 0}, new double[] {1, 1, 0}, debtWeight - 0.5);
        AdaptiveConformal rule = new AdaptiveConformal(0.1, 0.01);
        ModelCard card = new ModelCard(
                "risk",
                List.of(
                        FeatureSpec.numeric("debt"),
                        FeatureSpec.numeric("income"),
                        FeatureSpec.categorical("purpose", List.of("car", "house"))),
                LinearModel.FORMAT,
                new Calibrator.Identity(),
                new ModelCard.Abstention(rule, AdaptiveConformal.State.at(0.7)),
                "default",
                Map.of(),
                "test",
                "",
                Map.of());
        return LoadedModel.of(ModelArtifact.of(card, linear), new ModelFormats(ModelFormats.pureJava()));
    }

    static Arm arm(Route route, double debtWeight, ScoreCache cache) {
        LoadedModel model = model(debtWeight);
        Guard guard = new Guard(List.of(
                Expectation.number("debt", 0, 10, 0).mandatory(),
                Expectation.number("income", 0, 10, 0),
                Expectation.category("purpose", List.of("car", "house"))));
        return new Arm(new ModelRef("risk", 1, model.digest(), route, Arm.JVM), model, guard, NAMES, cache);
    }

    static Arm champion() {
        return arm(Route.CHAMPION, 2, new ScoreCache(0));
    }

    static List<FeatureValue> applicant(@Nullable Object debt, @Nullable Object income, @Nullable Object purpose) {
        return List.of(
                FeatureValue.asked("debt", debt),
                FeatureValue.asked("income", income),
                FeatureValue.asked("purpose", purpose));
    }
}
