package io.dougong.serving;

import io.dougong.decisions.FeatureValue;
import io.dougong.decisions.Reason;
import io.dougong.decisions.Score;
import io.dougong.serving.DecisionDefinition.Words;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the strongest contributions into reason codes and words in both languages. */
final class ReasonWriter {

    private static final MathContext SHOWN_DIGITS = new MathContext(3);
    private static final double LEAST_ROUNDED = 1_000;
    private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^A-Z0-9]+");

    private final Map<String, Words> words;
    private final int most;
    private final String positive;

    /** @param positive the outcome of two classes that a rising margin speaks for */
    ReasonWriter(Map<String, Words> words, int most, String positive) {
        this.words = words;
        this.most = most;
        this.positive = positive;
    }

    /** @param contributions one per value, in margin space; what follows after them (the bias) is not a reason */
    List<Reason> reasons(List<FeatureValue> values, double[] contributions, Score score) {
        List<Reason> reasons = new ArrayList<>(most);
        boolean[] taken = new boolean[values.size()];
        for (int rank = 0; rank < Math.min(most, values.size()); rank++) {
            int strongest = strongest(contributions, taken);
            if (contributions[strongest] == 0.0) {
                break;
            }
            taken[strongest] = true;
            reasons.add(reason(values.get(strongest), contributions[strongest], score));
        }
        return reasons;
    }

    /** Ties go to the earlier feature. */
    private static int strongest(double[] contributions, boolean[] taken) {
        int best = -1;
        for (int i = 0; i < taken.length; i++) {
            if (!taken[i] && (best < 0 || Math.abs(contributions[i]) > Math.abs(contributions[best]))) {
                best = i;
            }
        }
        return best;
    }

    private Reason reason(FeatureValue value, double contribution, Score score) {
        boolean raises = contribution > 0;
        Words name = words.getOrDefault(value.name(), new Words(humanised(value.name()), humanised(value.name())));
        String shown = shown(value.value());
        return new Reason(
                code(value.name(), raises),
                value.name(),
                contribution,
                name.english() + (shown.isEmpty() ? " is unknown" : " is " + shown) + english(score, raises),
                name.chinese() + (shown.isEmpty() ? "未知" : "为 " + shown) + chinese(score, raises));
    }

    private String english(Score score, boolean raises) {
        String speaks = raises ? ", which speaks for " : ", which speaks against ";
        return switch (score) {
            case Score.Binary _ -> speaks + positive;
            case Score.Classes classes -> speaks + classes.top();
            case Score.Amount _ -> raises ? ", which raises the value" : ", which lowers the value";
        };
    }

    private String chinese(Score score, boolean raises) {
        String speaks = raises ? "，支持 " : "，不支持 ";
        return switch (score) {
            case Score.Binary _ -> speaks + positive;
            case Score.Classes classes -> speaks + classes.top();
            case Score.Amount _ -> raises ? "，使数值升高" : "，使数值降低";
        };
    }

    private static String code(String feature, boolean raises) {
        return NEITHER_LETTER_NOR_DIGIT
                        .matcher(feature.toUpperCase(Locale.ROOT))
                        .replaceAll("_")
                + (raises ? "_RAISES" : "_LOWERS");
    }

    private static String humanised(String name) {
        return name.replace('_', ' ').replace('.', ' ');
    }

    private static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Double number when number.isNaN() -> "";
            case Double number
            when number == Math.rint(number) && Math.abs(number) < LEAST_ROUNDED -> Long.toString(number.longValue());
            case Double number ->
                new BigDecimal(number).round(SHOWN_DIGITS).stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
    }
}
