package io.dougong.trust;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who is asking.
 *
 * @param id id of the token, safe to log; goes into audit entries
 * @param name what the token was called when it was made
 */
public record Caller(String id, String name, Set<Role> roles) {

    public Caller {
        roles = Collections.unmodifiableSet(roles.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(roles));
    }

    public boolean may(Permission permission) {
        for (Role role : roles) {
            if (role.may(permission)) {
                return true;
            }
        }
        return false;
    }

    /** @throws TrustProblem.Denied naming the role needed */
    public void require(Permission permission) {
        if (!may(permission)) {
            throw TrustProblem.denied(this, permission);
        }
    }

    /** As written in audit entries. */
    public String actor() {
        return "token:" + id;
    }
}
