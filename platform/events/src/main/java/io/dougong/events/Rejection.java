package io.dougong.events;

import io.dougong.kernel.Problem;

/**
 * Why an event was put aside.
 *
 * @param code stable and dashed, e.g. {@code missing-field}
 */
public record Rejection(String code, String message) {

    public static Rejection of(Problem problem) {
        return new Rejection(problem.code(), problem.explained());
    }
}
