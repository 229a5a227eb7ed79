package io.dougong.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.Json;
import io.dougong.kernel.Times;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Prints results: for a person aligned and, on a terminal, in colour; for a program as JSON. */
final class Screen {

    private static final int GAP = 2;
    private static final long SMALLEST_INSTANT_MICROS = 100_000_000_000_000L;

    private final PrintWriter out;
    private final Ansi ansi;

    Screen(PrintWriter out, Ansi ansi) {
        this.out = out;
        this.ansi = ansi;
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    /** Text with picocli's markup, e.g. {@code @|bold …|@}. */
    void styled(String markup) {
        line(ansi.string(markup));
    }

    void title(String text) {
        line(style("bold", text));
    }

    void good(String text) {
        line(style("green", "✔") + " " + text);
    }

    void bad(String text) {
        line(style("red", "✘") + " " + text);
    }

    /** The text in a style of picocli's, e.g. {@code bold}, if this is a terminal with colours. */
    String style(String style, String text) {
        if (text.isEmpty() || !ansi.enabled()) {
            return text;
        }
        return Ansi.Style.parse(style)[0].on() + text + Ansi.Style.reset.on();
    }

    void json(JsonNode value) {
        try {
            line(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** One JSON value in one line, for streams. */
    void compact(JsonNode value) {
        line(Json.text(value));
    }

    /** Names and values of an object, aligned; nested ones below their name. */
    void pairs(JsonNode object) {
        pairs(object, "");
    }

    /** Names that are data, as they are, with their values. */
    void values(JsonNode object) {
        int width = object.propertyStream()
                .mapToInt(property -> width(property.getKey()))
                .max()
                .orElse(0);
        object.properties()
                .forEach(property ->
                        line(style("faint", property.getKey() + " ".repeat(width - width(property.getKey()) + GAP))
                                + cell("", property.getValue())));
    }

    private void pairs(JsonNode object, String indent) {
        int width = object.propertyStream()
                .mapToInt(p -> width(label(p.getKey())))
                .max()
                .orElse(0);
        object.properties().forEach(property -> {
            String label = label(property.getKey());
            JsonNode value = property.getValue();
            String start = indent + style("faint", label + " ".repeat(width - width(label) + GAP));
            if (value.isObject() && !value.isEmpty()) {
                line(start);
                pairs(value, indent + "  ");
            } else if (isTable(value)) {
                line(start);
                table(value, columns(value), indent + "  ");
            } else {
                line(start + cell(property.getKey(), value));
            }
        });
    }

    private static boolean isTable(JsonNode value) {
        return value.isArray() && !value.isEmpty() && value.get(0).isObject();
    }

    /** An array of objects, all fields of the first as columns. */
    void table(JsonNode rows) {
        table(rows, columns(rows), "");
    }

    void table(JsonNode rows, List<String> columns) {
        table(rows, columns, "");
    }

    private static List<String> columns(JsonNode rows) {
        List<String> columns = new ArrayList<>();
        if (!rows.isEmpty()) {
            rows.get(0).fieldNames().forEachRemaining(columns::add);
        }
        return columns;
    }

    private void table(JsonNode rows, List<String> columns, String indent) {
        List<List<String>> lines = new ArrayList<>();
        for (JsonNode row : rows) {
            lines.add(columns.stream()
                    .map(column -> cell(column, row.at(pointer(column))))
                    .toList());
        }
        List<String> heads = columns.stream().map(Screen::head).toList();
        List<Boolean> numeric =
                columns.stream().map(column -> isNumeric(rows, column)).toList();
        grid(heads, lines, numeric, indent);
    }

    /** Cells under heads, aligned; numbers to the right. */
    void grid(List<String> heads, List<List<String>> lines, List<Boolean> right, String indent) {
        int[] widths = new int[heads.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    width(heads.get(i)),
                    lines.stream()
                            .mapToInt(line -> width(line.get(column)))
                            .max()
                            .orElse(0));
        }
        line(indent + style("bold", row(heads, widths, right)));
        lines.forEach(cells -> line(indent + row(cells, widths, right)));
    }

    private static String row(List<String> cells, int[] widths, List<Boolean> right) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String pad = " ".repeat(widths[i] - width(cells.get(i)));
            line.append(right.get(i) ? pad + cells.get(i) : cells.get(i) + pad).append(" ".repeat(GAP));
        }
        return line.toString().stripTrailing();
    }

    private static String pointer(String column) {
        return "/" + column.replace('.', '/');
    }

    private static boolean isNumeric(JsonNode rows, String column) {
        for (JsonNode row : rows) {
            JsonNode value = row.at(pointer(column));
            if (!value.isMissingNode() && !value.isNull()) {
                return value.isNumber() && !column.endsWith("Micros");
            }
        }
        return false;
    }

    private static String head(String column) {
        return label(column.substring(column.lastIndexOf('.') + 1)).toUpperCase(Locale.ROOT);
    }

    /** {@code appliedMicros} becomes {@code applied}; {@code endOffset} becomes {@code end offset}. */
    static String label(String name) {
        String bare = name.endsWith("Micros") && name.length() > "Micros".length()
                ? name.substring(0, name.length() - "Micros".length())
                : name;
        return bare.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    static String cell(String name, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "–";
        }
        if (name.endsWith("Micros") && value.isIntegralNumber()) {
            long micros = value.longValue();
            return micros >= SMALLEST_INSTANT_MICROS ? Times.instant(micros).toString() : micros + " µs";
        }
        if (value.isArray() && value.valueStream().allMatch(JsonNode::isValueNode)) {
            return String.join(", ", value.valueStream().map(JsonNode::asText).toList());
        }
        return value.isValueNode() ? value.asText() : Json.text(value);
    }

    /** Columns on a terminal: East Asian wide characters take two. */
    static int width(String text) {
        return text.codePoints().map(Screen::width).sum();
    }

    private static int width(int codePoint) {
        boolean wide = (codePoint >= 0x1100 && codePoint <= 0x115F)
                || (codePoint >= 0x2E80 && codePoint <= 0xA4CF)
                || (codePoint >= 0xAC00 && codePoint <= 0xD7A3)
                || (codePoint >= 0xF900 && codePoint <= 0xFAFF)
                || (codePoint >= 0xFE30 && codePoint <= 0xFE6F)
                || (codePoint >= 0xFF00 && codePoint <= 0xFF60)
                || (codePoint >= 0x20000 && codePoint <= 0x3FFFD);
        return wide ? 2 : 1;
    }
}
