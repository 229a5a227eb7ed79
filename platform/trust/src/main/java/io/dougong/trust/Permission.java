package io.dougong.trust;

/** One thing that a caller may be allowed to do; which {@link Role} has which is told there. */
public enum Permission {
    /** See definitions, decisions and health; personal values masked. */
    READ,
    APPEND_EVENTS,
    DECIDE,
    GIVE_FEEDBACK,
    /** Settle a case that was left to a person. */
    REVIEW,
    /** See personal values in clear. */
    SEE_PERSONAL,
    /** Apply manifests; train, register and roll out models. */
    DEFINE,
    /** Log experiments, runs, artifacts and registered models of clients. */
    TRACK,
    /** Back up, restore, drain, replay. */
    OPERATE,
    /** Erase a person. */
    ERASE,
    MANAGE_TOKENS,
    VERIFY_AUDIT
}
