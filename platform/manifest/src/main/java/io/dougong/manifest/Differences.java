package io.dougong.manifest;

import io.dougong.documents.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where two plain documents differ: map by map; lists and scalars as a whole. */
final class Differences {

    private static final int SHOWN_LENGTH = 120;

    private final List<Change.Difference> found = new ArrayList<>();

    private Differences() {}

    static List<Change.Difference> between(Object before, Object after) {
        Differences differences = new Differences();
        differences.compare("", before, after);
        return differences.found;
    }

    private void compare(String path, @Nullable Object before, @Nullable Object after) {
        if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> young) {
            Set<Object> keys = new LinkedHashSet<>(old.keySet());
            keys.addAll(young.keySet());
            keys.forEach(key -> compare(Node.child(path, key.toString()), old.get(key), young.get(key)));
        } else if (before == null || !before.equals(after)) {
            found.add(new Change.Difference(path, text(before), text(after)));
        }
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = YamlText.line(value);
        return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…";
    }
}
