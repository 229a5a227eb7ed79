package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;

import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a model said, for people: a probability, the most probable classes, or a number with its interval. */
final class Scores {

    private static final int SHOWN = 3;

    private Scores() {}

    static String words(Score score) {
        return switch (score) {
            case Score.Binary binary -> Figures.percent(binary.probability());
            case Score.Classes classes -> String.join(" · ", shown(classes));
            case Score.Amount amount ->
                number(amount.value())
                        + (Double.isNaN(amount.low())
                                ? ""
                                : " [" + number(amount.low()) + ", " + number(amount.high()) + "]");
        };
    }

    /** In a column: the probability, or the number with its interval. */
    static String brief(Score score, int digits) {
        return score instanceof Score.Amount ? words(score) : Figures.decimal(score.probability(), digits);
    }

    /** The words, and a bar of the probability where there is one. */
    static DomContent block(Score score, String tone) {
        return switch (score) {
            case Score.Binary binary ->
                j2html.TagCreator.join(strong(words(score)), Charts.share(binary.probability(), tone));
            case Score.Classes classes ->
                j2html.TagCreator.join(
                        strong(Figures.percent(classes.probability())),
                        Charts.share(classes.probability(), tone),
                        div(attrs(".hint"), each(shown(classes), text -> div(span(text)))));
            case Score.Amount _ -> strong(words(score));
        };
    }

    private static List<String> shown(Score.Classes classes) {
        return classes.classes().entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(SHOWN)
                .map(each -> each.getKey() + " " + Figures.percent(each.getValue()))
                .toList();
    }

    /** What a person wrote, in the shape that the score asks for. */
    static Truth truth(Score score, String text) {
        return switch (score) {
            case Score.Binary _ -> new Truth.Flag(text.equals("true"));
            case Score.Classes _ -> new Truth.Named(text.strip());
            case Score.Amount _ -> new Truth.Amount(parsed(text.strip()));
        };
    }

    private static double parsed(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            throw ConsoleProblem.notANumber(text);
        }
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return size >= 1000 ? Figures.decimal(value, 0) : String.format(Locale.ROOT, "%.4g", value);
    }
}
