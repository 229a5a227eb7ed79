package io.dougong.decisions;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was asked.
 *
 * @param key what the question is about, e.g. a flight or an application number
 * @param subject the person concerned, or null; personal values of {@code input} are sealed under their key
 * @param askedMicros event time of the question: features are read as of then
 * @param input field name to value (String, Long, Double or Boolean), sorted; missing fields are absent
 */
public record Question(String key, @Nullable String subject, long askedMicros, Map<String, Object> input) {

    public Question {
        input = Collections.unmodifiableMap(new TreeMap<>(input));
    }
}
