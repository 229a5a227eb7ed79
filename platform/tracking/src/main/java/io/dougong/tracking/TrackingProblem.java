package io.dougong.tracking;

import io.dougong.kernel.Problem;
import io.dougong.kernel.Suggest;
import java.util.Collection;

/** What tracking refuses. */
public sealed class TrackingProblem extends Problem {

    private TrackingProblem(Kind kind, String code, String message, String advice) {
        super(kind, code, message, advice);
    }

    /** Something of that name is there already. */
    public static final class Exists extends TrackingProblem {
        private Exists(String message, String advice) {
            super(Kind.CONFLICT, "tracking-exists", message, advice);
        }
    }

    /** It belongs to the platform itself and is changed there. */
    public static final class Managed extends TrackingProblem {
        private Managed(String message, String advice) {
            super(Kind.DENIED, "tracking-managed", message, advice);
        }
    }

    public static TrackingProblem exists(String what, String name) {
        return new Exists(
                what + " '" + name + "' exists already.",
                "Maybe it was deleted before: restore it or take another name.");
    }

    public static TrackingProblem managed(String what, String name) {
        return new Managed(
                what + " '" + name + "' is kept by the platform itself and is read here only.",
                "Train with 'dougong train', give versions their roles with 'dougong models promote'.");
    }

    public static TrackingProblem unknown(String what, String id) {
        return new TrackingProblem(
                Kind.NOT_FOUND, "tracking-unknown", "There is no " + what + " '" + id + "'.", "Maybe it was deleted.");
    }

    public static TrackingProblem deleted(String what, String id) {
        return new TrackingProblem(
                Kind.BAD_INPUT,
                "tracking-deleted",
                "The " + what + " '" + id + "' is deleted; it must be active for this.",
                "Maybe restore it first.");
    }

    public static TrackingProblem notDeleted(String what, String id) {
        return new TrackingProblem(
                Kind.BAD_INPUT, "tracking-active", "The " + what + " '" + id + "' is active, not deleted.", "");
    }

    public static TrackingProblem missing(String field) {
        return new TrackingProblem(
                Kind.BAD_INPUT, "missing-value", "Missing value for required parameter '" + field + "'.", "");
    }

    public static TrackingProblem badValue(String field, String value, String expected) {
        return new TrackingProblem(
                Kind.BAD_INPUT,
                "wrong-value",
                "Invalid value '" + shortened(value) + "' for parameter '" + field + "': expected " + expected + ".",
                "");
    }

    public static TrackingProblem tooLong(String field, int length, int most) {
        return new TrackingProblem(
                Kind.BAD_INPUT,
                "too-long",
                "'" + field + "' has " + length + " characters and exceeds the maximum length of " + most + ".",
                "");
    }

    public static TrackingProblem tooMany(String what, int count, int most) {
        return new TrackingProblem(
                Kind.BAD_INPUT,
                "too-many",
                "A batch logging request can contain at most " + most + " " + what + ". Got " + count + " " + what
                        + ".",
                "Send it in smaller parts.");
    }

    public static TrackingProblem changedParam(String key, String before, String now, String runId) {
        return new TrackingProblem(
                Kind.BAD_INPUT,
                "param-changed",
                "Changing param values is not allowed. Param with key='" + key + "' was already logged with value='"
                        + shortened(before) + "' for run ID='" + runId + "'. Attempted logging new value '"
                        + shortened(now) + "'.",
                "Maybe use a nested run for each setting.");
    }

    public static TrackingProblem badFilter(String text, int at, String expected) {
        return new TrackingProblem(
                Kind.BAD_INPUT,
                "bad-filter",
                "Invalid filter string '" + shortened(text) + "' at character " + (at + 1) + ": expected " + expected
                        + ".",
                "E.g. metrics.auc > 0.8 AND params.depth = '6'.");
    }

    public static TrackingProblem unknownAttribute(String key, Collection<String> known) {
        return new TrackingProblem(
                Kind.BAD_INPUT,
                "unknown-attribute",
                "Invalid attribute key '" + key + "' specified. Valid keys are " + known + ".",
                Suggest.near(key, known));
    }

    public static TrackingProblem badOrder(String text) {
        return new TrackingProblem(
                Kind.BAD_INPUT,
                "bad-order",
                "Invalid order_by clause '" + shortened(text) + "'.",
                "E.g. metrics.auc DESC or attributes.start_time ASC.");
    }

    public static TrackingProblem badPageToken() {
        return new TrackingProblem(
                Kind.BAD_INPUT,
                "bad-page-token",
                "Invalid page token: it is none of this search.",
                "Ask with the token of the answer before, and the same filter and order.");
    }

    public static TrackingProblem badArtifactPath(String path) {
        return new TrackingProblem(
                Kind.BAD_INPUT,
                "bad-artifact-path",
                "Invalid path: '" + shortened(path) + "'.",
                "Paths are relative, without '..', '.' or empty parts.");
    }

    public static TrackingProblem badUpload(String why) {
        return new TrackingProblem(Kind.BAD_INPUT, "bad-upload", why, "Maybe start the upload anew.");
    }

    public static TrackingProblem tooLarge(String what, long most) {
        return new TrackingProblem(
                Kind.TOO_LARGE, "too-large", what + " has more than " + most + " bytes.", "Send it in smaller parts.");
    }

    public static TrackingProblem overloaded() {
        return new TrackingProblem(
                Kind.OVERLOADED, "tracking-overloaded", "The line of writes is full.", "Try again in a moment.");
    }

    public static TrackingProblem closed() {
        return new TrackingProblem(Kind.UNAVAILABLE, "tracking-closed", "Tracking is closing.", "Try again later.");
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
