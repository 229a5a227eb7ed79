package io.dougong.flow.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a rule, e.g. {@code $CI_COMMIT_BRANCH == "main" && ($DEPLOY =~ /^y/i || $FORCE)}: {@code ==}, {@code !=},
 * {@code =~}, {@code !~}, {@code &&} before {@code ||}, parentheses, {@code null}; a variable alone holds if it is not empty.
 */
final class Condition {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(\\$\\w+|\\$\\{\\w+})|(\"[^\"]*\"|'[^']*')|(/(?:[^/\\\\]|\\\\.)*/[a-z]*)|(==|!=|=~|!~|&&|\\|\\||\\(|\\)|null\\b)|(\\S+))");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    private enum Kind {
        VARIABLE,
        TEXT,
        REGEX,
        SIGN
    }

    private record Token(Kind kind, String text, int at) {}

    /** A mistake, with the place in the text from 0. */
    static final class Malformed extends RuntimeException {

        Malformed(String message) {
            super(message);
        }
    }

    /** Something that holds or not for given variables. */
    sealed interface Test {

        record Any(List<Test> of) implements Test {}

        record All(List<Test> of) implements Test {}

        record Set(Operand operand) implements Test {}

        record Equal(Operand left, Operand right, boolean negated) implements Test {}

        record Matches(Operand left, Operand pattern, boolean negated) implements Test {}

        default boolean holds(Map<String, String> variables) {
            return switch (this) {
                case Any any -> any.of().stream().anyMatch(test -> test.holds(variables));
                case All all -> all.of().stream().allMatch(test -> test.holds(variables));
                case Set set -> !set.operand().value(variables).orElse("").isEmpty();
                case Equal equal ->
                    equal.negated()
                            != equal.left()
                                    .value(variables)
                                    .equals(equal.right().value(variables));
                case Matches matches ->
                    matches.negated()
                            != matches.left()
                                    .value(variables)
                                    .map(value -> pattern(matches.pattern()
                                                    .value(variables)
                                                    .orElse(""))
                                            .matcher(value)
                                            .find())
                                    .orElse(false);
            };
        }
    }

    /** @param variable its name, or null if {@code text} is meant; both null for {@code null} */
    record Operand(@Nullable String variable, @Nullable String text) {

        Optional<String> value(Map<String, String> variables) {
            return Optional.ofNullable(variable == null ? text : variables.get(variable));
        }
    }

    private Condition(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.lookingAt()) {
            add(matcher);
            matcher.region(matcher.end(), text.length());
        }
    }

    private void add(Matcher matcher) {
        Kind[] kinds = Kind.values();
        for (int group = 1; group <= kinds.length; group++) {
            if (matcher.group(group) != null) {
                tokens.add(new Token(kinds[group - 1], matcher.group(group), matcher.start(group)));
                return;
            }
        }
        throw new Malformed("'" + matcher.group(kinds.length + 1) + "' is not understood here");
    }

    static Test parse(String text) {
        Condition reading = new Condition(text);
        Test test = reading.any();
        if (reading.next < reading.tokens.size()) {
            throw new Malformed("'" + reading.tokens.get(reading.next).text() + "' is one too many");
        }
        return test;
    }

    /** The names of the variables in it. */
    static List<String> variables(String text) {
        return new Condition(text)
                .tokens.stream()
                        .filter(token -> token.kind() == Kind.VARIABLE)
                        .map(token -> name(token.text()))
                        .toList();
    }

    private Test any() {
        List<Test> tests = new ArrayList<>(List.of(all()));
        while (take("||")) {
            tests.add(all());
        }
        return tests.size() == 1 ? tests.getFirst() : new Test.Any(tests);
    }

    private Test all() {
        List<Test> tests = new ArrayList<>(List.of(one()));
        while (take("&&")) {
            tests.add(one());
        }
        return tests.size() == 1 ? tests.getFirst() : new Test.All(tests);
    }

    private Test one() {
        if (take("(")) {
            Test inner = any();
            if (!take(")")) {
                throw new Malformed("a ')' is missing");
            }
            return inner;
        }
        Operand left = operand();
        if (take("==")) {
            return new Test.Equal(left, operand(), false);
        } else if (take("!=")) {
            return new Test.Equal(left, operand(), true);
        } else if (take("=~")) {
            return new Test.Matches(left, regex(), false);
        } else if (take("!~")) {
            return new Test.Matches(left, regex(), true);
        }
        return new Test.Set(left);
    }

    private Operand regex() {
        Operand operand = operand();
        if (operand.text() != null) {
            Pattern _ = pattern(operand.text());
        }
        return operand;
    }

    private Operand operand() {
        if (next == tokens.size()) {
            throw new Malformed("something is missing at the end of '" + text + "'");
        }
        Token token = tokens.get(next++);
        return switch (token.kind()) {
            case VARIABLE -> new Operand(name(token.text()), null);
            case TEXT ->
                new Operand(null, token.text().substring(1, token.text().length() - 1));
            case REGEX -> new Operand(null, token.text());
            case SIGN -> {
                if (!token.text().equals("null")) {
                    throw new Malformed("a variable or a text is expected where '" + token.text() + "' stands");
                }
                yield new Operand(null, null);
            }
        };
    }

    private boolean take(String sign) {
        boolean here = next < tokens.size()
                && tokens.get(next).kind() == Kind.SIGN
                && tokens.get(next).text().equals(sign);
        next += here ? 1 : 0;
        return here;
    }

    private static String name(String variable) {
        return variable.replaceAll("[${}]", "");
    }

    /** {@code /…/} with the flag {@code i}, or a bare pattern from a variable. */
    private static Pattern pattern(String written) {
        int end = written.lastIndexOf('/');
        boolean slashed = written.startsWith("/") && end > 0;
        String body = slashed ? written.substring(1, end) : written;
        String flags = slashed ? written.substring(end + 1) : "";
        try {
            return Pattern.compile(body, flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0);
        } catch (PatternSyntaxException wrong) {
            throw new Malformed("'" + written + "' is no regular expression: " + wrong.getDescription());
        }
    }
}
