package io.dougong.lake;

/**
 * How much one query may use.
 *
 * @param maxRows rows given back; more are cut off and {@link SqlResult#truncated()} says so
 * @param maxBytes rough size of the rows given back; more are cut off likewise
 */
public record SqlLimits(int maxRows, long maxBytes, long timeoutMillis) {

    public static final SqlLimits DEFAULT = new SqlLimits(10_000, 32L << 20, 30_000);

    public SqlLimits rows(int most) {
        return new SqlLimits(most, maxBytes, timeoutMillis);
    }

    public SqlLimits timeout(long millis) {
        return new SqlLimits(maxRows, maxBytes, millis);
    }
}
