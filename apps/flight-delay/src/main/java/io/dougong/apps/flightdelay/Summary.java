package io.dougong.apps.flightdelay;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** What the demo found out; the last line of {@code --json}. */
@JsonPropertyOrder({
    "events",
    "decisions",
    "labels",
    "auc_live",
    "auc_static",
    "ece",
    "review_rate",
    "coverage",
    "coverage_target",
    "error_rate_decided",
    "feature_mismatches",
    "replayed",
    "replay_identical",
    "audit_ok",
    "retrains",
    "rollbacks",
    "promotions",
    "detect_events",
    "heal_events",
    "auc_frozen",
    "auc_healed",
    "review_open",
    "p50_micros",
    "p99_micros",
    "peak_heap_mib",
    "peak_rss_mib",
    "seconds"
})
record Summary(
        long events,
        long decisions,
        long labels,
        @JsonProperty("auc_live") double aucLive,
        @JsonProperty("auc_static") double aucStatic,
        double ece,
        @JsonProperty("review_rate") double reviewRate,
        double coverage,
        @JsonProperty("coverage_target") double coverageTarget,
        @JsonProperty("error_rate_decided") double errorRateDecided,
        @JsonProperty("feature_mismatches") long featureMismatches,
        long replayed,
        @JsonProperty("replay_identical") long replayIdentical,
        @JsonProperty("audit_ok") boolean auditOk,
        long retrains,
        long rollbacks,
        long promotions,
        @JsonProperty("detect_events") long detectEvents,
        @JsonProperty("heal_events") long healEvents,
        @JsonProperty("auc_frozen") double aucFrozen,
        @JsonProperty("auc_healed") double aucHealed,
        @JsonProperty("review_open") long reviewOpen,
        @JsonProperty("p50_micros") long p50Micros,
        @JsonProperty("p99_micros") long p99Micros,
        @JsonProperty("peak_heap_mib") long peakHeapMib,
        @JsonProperty("peak_rss_mib") long peakRssMib,
        double seconds) {

    /** Whether every check came out as promised. */
    boolean sound() {
        return featureMismatches == 0 && replayIdentical == replayed && auditOk;
    }
}
