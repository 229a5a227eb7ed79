package io.dougong.flow.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Variables that name other variables. */
final class Expansion {

    private static final Pattern NAME = Pattern.compile("\\$\\$|\\$(\\w+)|\\$\\{(\\w+)}");
    private static final int MOST_LEVELS = 10;

    private Expansion() {}

    static Map<String, String> of(Map<String, String> variables) {
        Map<String, String> expanded = new LinkedHashMap<>();
        variables.forEach((name, value) -> expanded.put(name, text(value, variables, name, MOST_LEVELS)));
        return expanded;
    }

    private static String text(String text, Map<String, String> variables, String self, int levels) {
        if (levels == 0 || text.indexOf('$') < 0) {
            return text;
        }
        return NAME.matcher(text).replaceAll(found -> {
            if (found.group().equals("$$")) {
                return Matcher.quoteReplacement("$");
            }
            String name = found.group(1) == null ? found.group(2) : found.group(1);
            String value = name.equals(self) ? null : variables.get(name);
            return Matcher.quoteReplacement(value == null ? "" : text(value, variables, name, levels - 1));
        });
    }
}
