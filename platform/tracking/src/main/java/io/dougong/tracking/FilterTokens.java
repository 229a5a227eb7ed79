package io.dougong.tracking;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a filter into words, quoted texts, numbers and signs. A word may carry dots and the other characters that keys usually
 * have; anything else in a key is written in backticks or double quotes. A quote inside a text is written twice.
 */
final class FilterTokens {

    enum Kind {
        WORD,
        /** In single or double quotes. */
        TEXT,
        /** In backticks. */
        NAME,
        NUMBER,
        SIGN,
        END
    }

    /** @param at index of its first character */
    record Token(Kind kind, String text, int at) {

        boolean is(String word) {
            return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
        }
    }

    private static final String SIGNS = "=!<>(),";
    private static final String WORD_SIGNS = "_.-/:@+";

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private FilterTokens(String source) {
        this.source = source;
    }

    static List<Token> of(String source) {
        if (source.length() > Limits.FILTER_LENGTH) {
            throw TrackingProblem.tooLong("filter", source.length(), Limits.FILTER_LENGTH);
        }
        return new FilterTokens(source).all();
    }

    private List<Token> all() {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '\'' || c == '"' || c == '`') {
                quoted(c);
            } else if (SIGNS.indexOf(c) >= 0) {
                sign();
            } else if (Character.isDigit(c) || startsNumber(c)) {
                number();
            } else if (isWordPart(c)) {
                word();
            } else {
                throw TrackingProblem.badFilter(source, at, "a name, a value or a sign");
            }
        }
        tokens.add(new Token(Kind.END, "", at));
        return tokens;
    }

    private boolean startsNumber(char c) {
        return (c == '-' || c == '+' || c == '.')
                && at + 1 < source.length()
                && (Character.isDigit(source.charAt(at + 1)) || source.charAt(at + 1) == '.');
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || WORD_SIGNS.indexOf(c) >= 0;
    }

    private void word() {
        int from = at;
        while (at < source.length() && isWordPart(source.charAt(at))) {
            at++;
        }
        add(Kind.WORD, source.substring(from, at), from);
    }

    private void number() {
        int from = at;
        while (at < source.length() && isWordPart(source.charAt(at))) {
            at++;
        }
        String text = source.substring(from, at);
        try {
            Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            throw TrackingProblem.badFilter(source, from, "a number instead of '" + text + "'");
        }
        add(Kind.NUMBER, text, from);
    }

    private void sign() {
        int from = at;
        char c = source.charAt(at++);
        boolean twice = (c == '!' || c == '<' || c == '>') && at < source.length() && source.charAt(at) == '=';
        if (twice) {
            at++;
        }
        add(Kind.SIGN, source.substring(from, at), from);
    }

    private void quoted(char quote) {
        int from = at++;
        StringBuilder text = new StringBuilder();
        while (true) {
            if (at >= source.length()) {
                throw TrackingProblem.badFilter(source, from, "a closing " + quote);
            }
            char c = source.charAt(at++);
            if (c != quote) {
                text.append(c);
            } else if (at < source.length() && source.charAt(at) == quote) {
                text.append(quote);
                at++;
            } else {
                break;
            }
        }
        add(quote == '`' ? Kind.NAME : Kind.TEXT, text.toString(), from);
    }

    private void add(Kind kind, String text, int from) {
        tokens.add(new Token(kind, text, from));
    }
}
