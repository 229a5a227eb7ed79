package io.dougong.tracking;

import java.util.List;

/**
 * One comparison of a filter, e.g. {@code metrics.auc >= 0.8}.
 *
 * @param key of the metric, parameter or tag, or the attribute's name
 */
record Comparison(Subject subject, String key, Operator operator, Operand operand) {

    /** What is compared. */
    enum Subject {
        METRIC,
        PARAMETER,
        TAG,
        ATTRIBUTE,
        DATASET
    }

    enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">="),
        /** With {@code %} and {@code _}; letters count as they are. */
        LIKE("LIKE"),
        /** The same without regard to the case of ASCII letters. */
        ILIKE("ILIKE"),
        IN("IN"),
        NOT_IN("NOT IN"),
        IS_NULL("IS NULL"),
        IS_NOT_NULL("IS NOT NULL");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        boolean orders() {
            return this == LESS || this == AT_MOST || this == GREATER || this == AT_LEAST;
        }
    }

    /** What it is compared with. */
    sealed interface Operand {

        record Text(String text) implements Operand {}

        record Number(double number) implements Operand {}

        record Texts(List<String> texts) implements Operand {
            public Texts {
                texts = List.copyOf(texts);
            }
        }

        /** For IS NULL. */
        record Nothing() implements Operand {}
    }

    String text() {
        return switch (operand) {
            case Operand.Text(String text) -> text;
            case Operand.Number(double number) -> Double.toString(number);
            case Operand.Texts _, Operand.Nothing _ -> "";
        };
    }
}
