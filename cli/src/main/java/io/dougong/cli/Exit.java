package io.dougong.cli;

/** Exit codes, after {@code sysexits.h} where it has one. */
final class Exit {

    static final int OK = 0;
    /** Refused by the server, not identical, or a check that failed. */
    static final int REFUSED = 1;

    static final int USAGE = 2;
    static final int UNAVAILABLE = 69;
    static final int INTERNAL = 70;
    /** No token, a wrong one, or one without the role. */
    static final int DENIED = 77;

    private Exit() {}
}
