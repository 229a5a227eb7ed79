package io.dougong.learn;

import io.dougong.kernel.Digest;
import io.dougong.kernel.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where the labels of a data set are not those that events bring.
 *
 * @param verdicts labels for questions that no event labels, as people settled them
 * @param untrusted label events that do not count
 */
public record LabelCorrections(List<Verdict> verdicts, Set<UntrustedLabel> untrusted) {

    public static final LabelCorrections NONE = new LabelCorrections(List.of(), Set.of());

    public LabelCorrections {
        verdicts = List.copyOf(verdicts);
        untrusted = Set.copyOf(untrusted);
    }

    /** As a run records them: how many, and a digest of them; nothing where there are none. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        note(parameters, "verdicts", verdicts);
        note(
                parameters,
                "untrusted",
                untrusted.stream().sorted(UntrustedLabel.ORDER).toList());
        return parameters;
    }

    private static void note(Map<String, String> parameters, String name, List<?> corrections) {
        if (!corrections.isEmpty()) {
            parameters.put(name, Integer.toString(corrections.size()));
            parameters.put(name + ".digest", Digest.of(Json.bytes(corrections)).hex());
        }
    }
}
