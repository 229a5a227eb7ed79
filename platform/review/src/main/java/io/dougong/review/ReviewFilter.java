package io.dougong.review;

import org.jspecify.annotations.Nullable;

/**
 * Which cases.
 *
 * @param decision null for all of the application
 * @param waiting those that wait, most urgent first; otherwise those that are over, newest first
 * @param reviewer leave out what this person has had a say in, or null
 */
public record ReviewFilter(
        String application,
        @Nullable String decision,
        boolean waiting,
        @Nullable String reviewer,
        int most,
        int skip) {

    public static ReviewFilter waiting(String application, int most) {
        return new ReviewFilter(application, null, true, null, most, 0);
    }
}
