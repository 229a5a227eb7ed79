package io.dougong.trust;

import static io.dougong.trust.Permission.APPEND_EVENTS;
import static io.dougong.trust.Permission.DECIDE;
import static io.dougong.trust.Permission.DEFINE;
import static io.dougong.trust.Permission.ERASE;
import static io.dougong.trust.Permission.GIVE_FEEDBACK;
import static io.dougong.trust.Permission.MANAGE_TOKENS;
import static io.dougong.trust.Permission.OPERATE;
import static io.dougong.trust.Permission.READ;
import static io.dougong.trust.Permission.REVIEW;
import static io.dougong.trust.Permission.SEE_PERSONAL;
import static io.dougong.trust.Permission.TRACK;
import static io.dougong.trust.Permission.VERIFY_AUDIT;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a token is for.
 *
 * <table>
 * <caption>Which role may do what</caption>
 * <tr><th></th><th>ADMIN</th><th>DECIDER</th><th>REVIEWER</th><th>AUDITOR</th><th>TRAINER</th></tr>
 * <tr><td>READ</td><td>yes</td><td>yes</td><td>yes</td><td>yes</td><td>yes</td></tr>
 * <tr><td>APPEND_EVENTS</td><td>yes</td><td>yes</td><td></td><td></td><td></td></tr>
 * <tr><td>DECIDE</td><td>yes</td><td>yes</td><td></td><td></td><td></td></tr>
 * <tr><td>GIVE_FEEDBACK</td><td>yes</td><td>yes</td><td>yes</td><td></td><td></td></tr>
 * <tr><td>REVIEW</td><td></td><td></td><td>yes</td><td></td><td></td></tr>
 * <tr><td>SEE_PERSONAL</td><td></td><td></td><td>yes</td><td></td><td></td></tr>
 * <tr><td>DEFINE</td><td>yes</td><td></td><td></td><td></td><td></td></tr>
 * <tr><td>TRACK</td><td>yes</td><td></td><td></td><td></td><td>yes</td></tr>
 * <tr><td>OPERATE</td><td>yes</td><td></td><td></td><td></td><td></td></tr>
 * <tr><td>ERASE</td><td>yes</td><td></td><td></td><td></td><td></td></tr>
 * <tr><td>MANAGE_TOKENS</td><td>yes</td><td></td><td></td><td></td><td></td></tr>
 * <tr><td>VERIFY_AUDIT</td><td>yes</td><td></td><td></td><td>yes</td><td></td></tr>
 * </table>
 *
 * <p>Duties are kept apart: who defines models does not overrule them on a person's case, and sees no personal values.
 */
public enum Role {
    ADMIN(READ, APPEND_EVENTS, DECIDE, GIVE_FEEDBACK, DEFINE, TRACK, OPERATE, ERASE, MANAGE_TOKENS, VERIFY_AUDIT),
    DECIDER(READ, APPEND_EVENTS, DECIDE, GIVE_FEEDBACK),
    REVIEWER(READ, GIVE_FEEDBACK, REVIEW, SEE_PERSONAL),
    AUDITOR(READ, VERIFY_AUDIT),
    /** Programs that train elsewhere and log what came of it. */
    TRAINER(READ, TRACK);

    private final long mask;

    Role(Permission... permissions) {
        this.mask = Stream.of(permissions).mapToLong(Role::bit).sum();
    }

    @SuppressWarnings("EnumOrdinal") // never stored
    private static long bit(Permission permission) {
        return 1L << permission.ordinal();
    }

    public Set<Permission> permissions() {
        return Stream.of(Permission.values()).filter(this::may).collect(Collectors.toUnmodifiableSet());
    }

    public boolean may(Permission permission) {
        return (mask & bit(permission)) != 0;
    }

    /** The roles that have the permission. */
    public static List<Role> with(Permission permission) {
        return Stream.of(values()).filter(role -> role.may(permission)).toList();
    }
}
