package io.dougong.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.ModelRef;
import io.dougong.decisions.Outcome;
import io.dougong.decisions.Route;
import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import io.dougong.models.AdaptiveConformal;
import io.dougong.models.AdditiveClasses;
import io.dougong.models.AdditiveModel;
import io.dougong.models.Calibrator;
import io.dougong.models.FeatureSpec;
import io.dougong.models.LoadedModel;
import io.dougong.models.Model;
import io.dougong.models.ModelArtifact;
import io.dougong.models.ModelCard;
import io.dougong.models.ModelFormats;
import io.dougong.models.Spread;
import io.dougong.models.Target;
import io.dougong.trust.Expectation;
import io.dougong.trust.Guard;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Decisions over several classes and over numbers. */
class TasksTest {

    private static final List<DecisionDefinition.OutcomeBand> SPECIES = List.of(
            DecisionDefinition.OutcomeBand.named("Adelie"),
            DecisionDefinition.OutcomeBand.named("Gentoo"),
            DecisionDefinition.OutcomeBand.named("Chinstrap"));
    private static final List<DecisionDefinition.OutcomeBand> PRICES =
            List.of(new DecisionDefinition.OutcomeBand("DEAR", 100), DecisionDefinition.OutcomeBand.named("CHEAP"));

    private static DecisionDefinition definition(
            List<DecisionDefinition.OutcomeBand> outcomes, DecisionDefinition.@Nullable Abstention abstention) {
        return new DecisionDefinition("d", "s", null, "m", outcomes, abstention, 2, List.of(), null, 0, null, Map.of());
    }

    private static Arm arm(Model model, Target target) {
        ModelCard card = new ModelCard(
                "m",
                target.task(),
                List.of(FeatureSpec.numeric("bill"), FeatureSpec.numeric("mass")),
                model.format(),
                new Calibrator.Identity(),
                new ModelCard.Abstention(new AdaptiveConformal(0.1, 0.01), AdaptiveConformal.State.at(0.7)),
                "label",
                Map.of(),
                "test",
                "",
                Map.of(),
                target);
        LoadedModel loaded = LoadedModel.of(ModelArtifact.of(card, model), new ModelFormats(ModelFormats.pureJava()));
        return new Arm(
                new ModelRef("m", 1, loaded.digest(), Route.CHAMPION, Arm.JVM),
                loaded,
                new Guard(List.of(Expectation.number("bill", -100, 100, 0), Expectation.number("mass", -100, 100, 0))),
                List.of("bill", "mass"),
                new ScoreCache(0));
    }

    private static AdditiveModel line(double bill, double mass) {
        return new AdditiveModel(
                List.of(
                        new AdditiveModel.Term(bill, 0, new double[0], 0),
                        new AdditiveModel.Term(mass, 0, new double[0], 0)),
                0);
    }

    private static Arm species() {
        return arm(
                new AdditiveClasses(List.of(line(0, 0), line(1, 0), line(0, 1))),
                new Target.Classes(List.of("Adelie", "Gentoo", "Chinstrap"), 1));
    }

    private static Arm price() {
        return arm(line(10, 1), new Target.Amount(new Spread(List.of(0.0, 100.0), List.of(1.0, 11.0))));
    }

    private static List<FeatureValue> bird(double bill, double mass) {
        return List.of(FeatureValue.asked("bill", bill), FeatureValue.asked("mass", mass));
    }

    private final Judge judge = new Judge(definition(SPECIES, new DecisionDefinition.Abstention(0.9, 0.01)));

    @Test
    void theMostProbableClassIsTheOutcomeAndItsMarginIsExplained() {
        Judgement sure = judge.judge(species(), bird(5, 1), 0.7);

        assertThat(sure.outcome()).isEqualTo(new Outcome("Gentoo"));
        Score.Classes score = (Score.Classes) sure.score();
        assertThat(score.classes().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(1, within(1e-12));
        assertThat(sure.confidence().value()).isEqualTo(score.probability("Gentoo"));
        assertThat(score.margin()).isEqualTo(5);
        assertThat(sure.reasons()).hasSize(1).first().satisfies(reason -> {
            assertThat(reason.contribution()).isEqualTo(5);
            assertThat(reason.english()).isEqualTo("bill is 5, which speaks for Gentoo");
        });
    }

    @Test
    void twoClassesThatAreBothPlausibleAreLeftToAPerson() {
        Judgement close = judge.judge(species(), bird(3, 3), 0.7);
        assertThat(close.confidence().setSize()).isEqualTo(2);
        assertThat(close.outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(judge.judge(species(), bird(3, 3), Double.NaN).outcome()).isEqualTo(new Outcome("Gentoo"));
    }

    @Test
    void nonconformityIsWhatTheTrueClassLacks() {
        Score score = judge.judge(species(), bird(5, 1), 0.7).score();
        assertThat(PredictionSet.nonconformity(score, new Truth.Named("Gentoo")))
                .isEqualTo(1 - score.probability());
        assertThat(PredictionSet.nonconformity(score, new Truth.Named("Emperor")))
                .isEqualTo(1);
    }

    @Test
    void aNumberComesWithTheIntervalOfItsThreshold() {
        Judge prices = new Judge(definition(PRICES, new DecisionDefinition.Abstention(0.9, 0.01)));
        Judgement cheap = prices.judge(price(), bird(2, 0), 2);

        assertThat(cheap.score()).isEqualTo(new Score.Amount(20, 3, 14, 26));
        assertThat(cheap.outcome()).isEqualTo(new Outcome("CHEAP"));
        assertThat(cheap.score().probability()).isNaN();
        assertThat(cheap.confidence().value()).isEqualTo(0.9);
        assertThat(cheap.reasons().getFirst().english()).isEqualTo("bill is 2, which raises the value");
        assertThat(PredictionSet.nonconformity(cheap.score(), new Truth.Amount(26)))
                .isEqualTo(2);
    }

    @Test
    void anIntervalThatTouchesTwoBandsIsLeftToAPerson() {
        Judge prices = new Judge(definition(PRICES, new DecisionDefinition.Abstention(0.9, 0.01)));
        Judgement near = prices.judge(price(), bird(9, 0), 2);
        assertThat(near.confidence().setSize()).isEqualTo(2);
        assertThat(near.outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(prices.judge(price(), bird(9, 0), Double.NaN).outcome()).isEqualTo(new Outcome("CHEAP"));
        assertThat(prices.judge(price(), bird(20, 0), 2).outcome()).isEqualTo(new Outcome("DEAR"));
    }

    @Test
    void anIntervalThatIsTooWideIsLeftToAPerson() {
        Judge careful = new Judge(definition(PRICES, new DecisionDefinition.Abstention(0.9, 0.01, 10.0)));
        assertThat(careful.judge(price(), bird(2, 0), 2).outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(careful.judge(price(), bird(0.5, 0), 2).outcome()).isEqualTo(new Outcome("CHEAP"));
    }

    @Test
    void anAnswerIsRightIfTheClassCameTrueOrTheIntervalHeldTheNumber() {
        DecisionDefinition birds = definition(SPECIES, null);
        Score score = judge.judge(species(), bird(5, 1), 0.7).score();
        assertThat(birds.right("Gentoo", score, new Truth.Named("Gentoo"))).isTrue();
        assertThat(birds.right("Gentoo", score, new Truth.Named("Adelie"))).isFalse();
        DecisionDefinition prices = definition(PRICES, null);
        assertThat(prices.right("CHEAP", new Score.Amount(20, 3, 14, 26), new Truth.Amount(27)))
                .isFalse();
    }
}
