package io.dougong.review;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far two judges agree: the share of cases in which they say the same, and Cohen's kappa, which takes off what they would agree
 * on by chance, (p_o − p_e) / (1 − p_e) with p_e from the judges' own shares (Cohen, A coefficient of agreement for nominal scales,
 * 1960).
 *
 * @param cases judged by both
 * @param kappa 1 full agreement, 0 chance; NaN without cases or if both always say one and the same
 */
public record Agreement(long cases, double share, double kappa) {

    /** What both said about one case. */
    public record Pair(String one, String other) {}

    public static Agreement of(List<Pair> pairs) {
        Map<String, long[]> said = new HashMap<>();
        long same = 0;
        for (Pair pair : pairs) {
            said.computeIfAbsent(pair.one(), _ -> new long[2])[0]++;
            said.computeIfAbsent(pair.other(), _ -> new long[2])[1]++;
            same += pair.one().equals(pair.other()) ? 1 : 0;
        }
        double n = pairs.size();
        double observed = same / n;
        double chance = said.values().stream()
                .mapToDouble(counts -> counts[0] / n * (counts[1] / n))
                .sum();
        return new Agreement(pairs.size(), observed, chance == 1 ? Double.NaN : (observed - chance) / (1 - chance));
    }
}
