package io.dougong.server.console;

import io.dougong.trust.Caller;
import io.dougong.trust.Permission;
import java.util.Map;
import java.util.Set;

/**
 * One request of a browser.
 *
 * @param here path and query as asked for
 * @param part whether htmx asks for a part of a page
 * @param peer the browser's address
 */
public record Visit(
        Map<String, String> path,
        Map<String, String> query,
        Map<String, String> form,
        Caller caller,
        Language language,
        Theme theme,
        String here,
        boolean part,
        String peer) {

    private static final Caller NOBODY = new Caller("none", "", Set.of());

    /** Light or dark; AUTO does as the browser prefers. */
    public enum Theme {
        AUTO,
        LIGHT,
        DARK
    }

    /** A visit of somebody unknown, for pages that say no. */
    public static Visit unknown(Language language, Theme theme, String here, boolean part) {
        return new Visit(Map.of(), Map.of(), Map.of(), NOBODY, language, theme, here, part, "");
    }

    String at(String name) {
        return path.getOrDefault(name, "");
    }

    String asked(String name) {
        return query.getOrDefault(name, "").strip();
    }

    String sent(String name) {
        return form.getOrDefault(name, "").strip();
    }

    int number(String name, int otherwise, int most) {
        try {
            return Math.clamp(Integer.parseInt(asked(name)), 1, most);
        } catch (NumberFormatException absent) {
            return otherwise;
        }
    }

    boolean may(Permission permission) {
        return caller.may(permission);
    }

    boolean known() {
        return !caller.roles().isEmpty();
    }

    /** The text of a key in the visitor's language. */
    String say(String key, Object... values) {
        return language.say(key, values);
    }

    boolean chinese() {
        return language == Language.ZH;
    }
}
