package io.dougong.tracking;

import io.dougong.tracking.Comparison.Operand;
import io.dougong.tracking.Comparison.Operator;
import io.dougong.tracking.Comparison.Subject;
import io.dougong.tracking.FilterTokens.Kind;
import io.dougong.tracking.FilterTokens.Token;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the filters and orders of MLflow's search calls:
 *
 * <pre>
 * filter     = [ comparison { AND comparison } ]
 * comparison = subject operator value | subject IS [NOT] NULL | subject [NOT] IN ( text { , text } )
 * subject    = [ (metrics | params | tags | attributes | dataset) . ] key
 * order      = subject [ ASC | DESC ]
 * </pre>
 *
 * <p>The singular and the long form of each prefix count as well; a key in double quotes or backticks may hold anything.
 */
final class FilterParser {

    private static final Set<Operator> OF_NUMBERS = EnumSet.of(
            Operator.EQUAL, Operator.NOT_EQUAL, Operator.LESS, Operator.AT_MOST, Operator.GREATER, Operator.AT_LEAST);
    private static final Set<Operator> OF_TEXTS =
            EnumSet.of(Operator.EQUAL, Operator.NOT_EQUAL, Operator.LIKE, Operator.ILIKE);

    private final String source;
    private final Grammar grammar;
    private final List<Token> tokens;
    private int at;

    private FilterParser(String source, Grammar grammar) {
        this.source = source;
        this.grammar = grammar;
        this.tokens = FilterTokens.of(source);
    }

    static List<Comparison> filter(String source, Grammar grammar) {
        return new FilterParser(source, grammar).comparisons();
    }

    static List<Order> orders(List<String> sources, Grammar grammar) {
        Limits.count("order_by clauses", sources.size(), Limits.MOST_ORDERS);
        return sources.stream()
                .map(source -> new FilterParser(source, grammar).order())
                .toList();
    }

    private List<Comparison> comparisons() {
        List<Comparison> comparisons = new ArrayList<>();
        if (peek().kind() == Kind.END) {
            return comparisons;
        }
        comparisons.add(comparison());
        while (peek().is("AND")) {
            next();
            comparisons.add(comparison());
        }
        if (peek().kind() != Kind.END) {
            throw wrong("AND or the end");
        }
        Limits.count("comparisons", comparisons.size(), Limits.MOST_COMPARISONS);
        return comparisons;
    }

    private Order order() {
        if (peek().kind() == Kind.END) {
            throw TrackingProblem.badOrder(source);
        }
        Named named = named();
        boolean descending = peek().is("DESC");
        if (descending || peek().is("ASC")) {
            next();
        }
        if (peek().kind() != Kind.END || named.subject == Subject.DATASET) {
            throw TrackingProblem.badOrder(source);
        }
        return new Order(named.subject, named.key, !descending);
    }

    private record Named(Subject subject, String key) {}

    private Named named() {
        Token token = next();
        if (token.kind() == Kind.NAME || token.kind() == Kind.TEXT) {
            return dotted(token, token.text());
        }
        if (token.kind() != Kind.WORD) {
            throw wrongAt(token, "the name of an attribute, metric, parameter or tag");
        }
        return dotted(token, token.text());
    }

    private Named dotted(Token token, String word) {
        int dot = word.indexOf('.');
        if (dot < 0 && token.kind() == Kind.NAME && peek().text().startsWith(".")) {
            return prefixed(token, word, next().text().substring(1));
        }
        if (dot < 0 || token.kind() != Kind.WORD) {
            return new Named(Subject.ATTRIBUTE, grammar.key(Subject.ATTRIBUTE, word));
        }
        return prefixed(token, word.substring(0, dot), word.substring(dot + 1));
    }

    /** If the key did not follow the dot at once, it is the quoted one that comes next. */
    private Named prefixed(Token token, String prefix, String key) {
        Subject subject = subject(prefix)
                .filter(grammar.subjects()::contains)
                .orElseThrow(() -> wrongAt(token, "one of " + grammar.subjects() + " instead of '" + prefix + "'"));
        String whole = key;
        if (key.isEmpty()) {
            Token quoted = next();
            if (quoted.kind() != Kind.NAME && quoted.kind() != Kind.TEXT) {
                throw wrongAt(quoted, "a key");
            }
            whole = quoted.text();
        }
        return new Named(subject, grammar.key(subject, whole));
    }

    private static Optional<Subject> subject(String prefix) {
        return Optional.ofNullable(
                switch (prefix) {
                    case "metric", "metrics" -> Subject.METRIC;
                    case "param", "params", "parameter", "parameters" -> Subject.PARAMETER;
                    case "tag", "tags" -> Subject.TAG;
                    case "attr", "attribute", "attributes", "run" -> Subject.ATTRIBUTE;
                    case "dataset", "datasets" -> Subject.DATASET;
                    default -> null;
                });
    }

    private Comparison comparison() {
        Named named = named();
        Token sign = peek();
        Operator operator = operator();
        boolean number = grammar.isNumber(named.subject, named.key);
        if (!fits(named.subject, operator, number)) {
            throw wrongAt(sign, "an operator for " + (number ? "numbers" : "texts") + " instead of " + operator.sign());
        }
        return new Comparison(named.subject, named.key, operator, operand(operator, number));
    }

    private static boolean fits(Subject subject, Operator operator, boolean number) {
        return switch (operator) {
            case IS_NULL, IS_NOT_NULL -> subject == Subject.TAG || subject == Subject.PARAMETER;
            case IN, NOT_IN -> !number && (subject == Subject.ATTRIBUTE || subject == Subject.DATASET);
            default -> (number ? OF_NUMBERS : OF_TEXTS).contains(operator);
        };
    }

    private Operator operator() {
        Token token = next();
        if (token.is("IS")) {
            boolean not = takes("NOT");
            need("NULL");
            return not ? Operator.IS_NOT_NULL : Operator.IS_NULL;
        }
        if (token.is("NOT")) {
            need("IN");
            return Operator.NOT_IN;
        }
        for (Operator operator : Operator.values()) {
            if (token.is(operator.sign())) {
                return operator;
            }
        }
        throw wrongAt(token, "an operator");
    }

    private Operand operand(Operator operator, boolean number) {
        return switch (operator) {
            case IS_NULL, IS_NOT_NULL -> new Operand.Nothing();
            case IN, NOT_IN -> new Operand.Texts(texts());
            default -> number ? new Operand.Number(number()) : new Operand.Text(text());
        };
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        need("(");
        texts.add(text());
        while (takes(",")) {
            if (peek().is(")")) {
                break;
            }
            texts.add(text());
        }
        need(")");
        Limits.count("values", texts.size(), Limits.MOST_ENTITIES);
        return texts;
    }

    private double number() {
        Token token = next();
        if (token.kind() != Kind.NUMBER) {
            throw wrongAt(token, "a number");
        }
        return Double.parseDouble(token.text());
    }

    private String text() {
        Token token = next();
        if (token.kind() != Kind.TEXT) {
            throw wrongAt(token, "a value in quotes");
        }
        return token.text();
    }

    private boolean takes(String word) {
        boolean found = peek().is(word);
        if (found) {
            at++;
        }
        return found;
    }

    private void need(String word) {
        if (!takes(word)) {
            throw wrong(word);
        }
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    private TrackingProblem wrong(String expected) {
        return wrongAt(peek(), expected);
    }

    private TrackingProblem wrongAt(Token token, String expected) {
        return TrackingProblem.badFilter(source, token.at(), expected);
    }
}
