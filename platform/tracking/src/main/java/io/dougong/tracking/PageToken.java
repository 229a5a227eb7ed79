package io.dougong.tracking;

import io.dougong.kernel.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where the next page begins. It belongs to one search: a digest of filter and order is in it, so that with another search it is
 * refused and does not silently skip the wrong ones.
 */
final class PageToken {

    private static final int DIGEST_LENGTH = 12;
    private static final long MOST = 100_000_000;

    private PageToken() {}

    static long offset(String token, String search) {
        if (token.isEmpty()) {
            return 0;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII).split(":", -1);
            long offset = Long.parseLong(parts[0]);
            if (parts.length == 2 && parts[1].equals(digest(search)) && offset > 0 && offset <= MOST) {
                return offset;
            }
        } catch (IllegalArgumentException malformed) {
            throw TrackingProblem.badPageToken();
        }
        throw TrackingProblem.badPageToken();
    }

    static Optional<String> at(long offset, String search) {
        String text = offset + ":" + digest(search);
        return Optional.of(
                Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String digest(String search) {
        return Digest.of(search).hex().substring(0, DIGEST_LENGTH);
    }
}
