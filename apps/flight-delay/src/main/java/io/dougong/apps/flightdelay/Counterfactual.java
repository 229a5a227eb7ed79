package io.dougong.apps.flightdelay;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Values that a feature of a flight might have had instead. */
final class Counterfactual {

    private static final List<String> HOURS = List.of("420", "600", "840");
    private static final List<String> QUIET = List.of("0");
    private static final List<String> OFTEN = List.of("14");

    private static final int DIGITS = 4;

    private Counterfactual() {}

    /** As they would be typed; none for a feature that is no number. */
    static List<String> values(JsonNode decision, String feature) {
        if (!value(decision, feature).isNumber()) {
            return List.of();
        }
        if (feature.equals("local_minute")) {
            return HOURS;
        }
        return feature.contains("count") ? OFTEN : QUIET;
    }

    /** A number of the feature's own kind. */
    static Object typed(JsonNode decision, String feature, String text) {
        return value(decision, feature).isIntegralNumber() ? (Object) Long.parseLong(text) : Double.parseDouble(text);
    }

    static String shown(JsonNode decision, String feature) {
        JsonNode value = value(decision, feature);
        return value.isFloatingPointNumber()
                ? new BigDecimal(value.asDouble(), new MathContext(DIGITS))
                        .stripTrailingZeros()
                        .toPlainString()
                : value.asText();
    }

    private static JsonNode value(JsonNode decision, String feature) {
        for (JsonNode one : decision.path("features")) {
            if (one.path(0).asText().equals(feature)) {
                return one.path(1);
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }
}
