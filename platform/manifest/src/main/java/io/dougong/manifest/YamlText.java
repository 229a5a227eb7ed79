package io.dougong.manifest;

import io.dougong.documents.Shape;
import io.dougong.kernel.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a plain document as YAML for people: parts and named maps line by line, the rest on one line where it fits. Texts stand
 * without quotes where every YAML reader takes them for texts, and otherwise in the double quotes of JSON, which YAML shares.
 */
final class YamlText {

    private static final int WIDTH = 110;
    private static final int DEPTH_OF_LINES = 3;
    private static final int LINES_OF_LARGE = 10;
    private static final String STEP = "  ";

    /** Begins with a letter and holds nothing that YAML gives a meaning within braces. */
    private static final Pattern SAFE =
            Pattern.compile("[\\p{L}_]([\\p{L}\\p{N}_ .*/+()?;%=<>'-]*[\\p{L}\\p{N}_.*)?%])?");
    /** Outside of braces, commas are as good as any. */
    private static final Pattern SAFE_IN_LINES = Pattern.compile(SAFE.pattern().replace(" .*", " .,*"));

    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]");
    private static final Set<String> WORDS_OF_OLD_YAML =
            Set.of("yes", "no", "on", "off", "y", "n", "true", "false", "null");

    private YamlText() {}

    static String of(Map<?, ?> document, Shape shape) {
        StringBuilder text = new StringBuilder();
        document.forEach((key, value) -> {
            boolean section = value instanceof Map<?, ?>;
            text.append(section ? "\n" : "").append(entry(key, value, inner(shape, key), 0));
        });
        return text.toString();
    }

    /** A value on one line. */
    static String line(Object plain) {
        return switch (plain) {
            case Map<?, ?> map when map.isEmpty() -> "{}";
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> key(entry.getKey()) + ": " + line(entry.getValue()))
                        .collect(Collectors.joining(", ", "{ ", " }"));
            case List<?> list -> list.stream().map(YamlText::line).collect(Collectors.joining(", ", "[", "]"));
            case String text -> scalar(text);
            default -> plain.toString();
        };
    }

    private static String entry(Object key, Object value, Shape shape, int depth) {
        String head = STEP.repeat(depth) + key(key) + ":";
        boolean sentence =
                value instanceof String text && SAFE_IN_LINES.matcher(text).matches() && text.contains(",");
        String line = head + " " + (sentence ? value : line(value));
        if (value instanceof Map<?, ?> map && !map.isEmpty() && standsInLines(shape, line, depth)) {
            return head + "\n" + lines(map, shape, depth + 1);
        }
        if (value instanceof List<?> list && line.length() > WIDTH) {
            String dash = STEP.repeat(depth + 1) + "- ";
            return list.stream().map(item -> dash + line(item) + "\n").collect(Collectors.joining("", head + "\n", ""));
        }
        return line + "\n";
    }

    private static boolean standsInLines(Shape shape, String line, int depth) {
        return depth < DEPTH_OF_LINES - 1 || shape instanceof Shape.Named || line.length() > WIDTH;
    }

    private static String lines(Map<?, ?> map, Shape shape, int depth) {
        List<String> entries = map.entrySet().stream()
                .map(entry -> entry(entry.getKey(), entry.getValue(), inner(shape, entry.getKey()), depth))
                .toList();
        boolean large = entries.stream().anyMatch(text -> text.lines().count() > LINES_OF_LARGE);
        return String.join(large && depth == 1 ? "\n" : "", entries);
    }

    private static Shape inner(Shape shape, Object key) {
        return switch (shape) {
            case Shape.Named named -> named.value();
            case Shape.Keys keys ->
                keys.property(key.toString()).map(Shape.Property::shape).orElse(shape);
            case Shape.Either either -> inner(either.full(), key);
            case Shape.Tagged tagged ->
                tagged.variants().stream()
                        .flatMap(variant -> variant.keys().property(key.toString()).stream())
                        .map(Shape.Property::shape)
                        .findFirst()
                        .orElse(shape);
            default -> shape;
        };
    }

    /** Keys are texts to the reader whatever they look like; only those with special characters need quotes. */
    private static String key(Object key) {
        return SAFE.matcher(key.toString()).matches() ? key.toString() : quoted(key.toString());
    }

    private static String scalar(String text) {
        boolean bare = SAFE.matcher(text).matches() && !WORDS_OF_OLD_YAML.contains(text.toLowerCase(Locale.ROOT));
        return bare || isDuration(text) ? text : quoted(text);
    }

    private static String quoted(String text) {
        return UNPRINTABLE
                .matcher(Json.text(text))
                .replaceAll(found -> found.group()
                        .chars()
                        .mapToObj(unit -> String.format("\\\\u%04x", unit))
                        .collect(Collectors.joining()));
    }

    private static boolean isDuration(String text) {
        return Pattern.matches(Grammar.LAPSE.pattern(), text) || Pattern.matches(Grammar.SIZE.pattern(), text);
    }
}
