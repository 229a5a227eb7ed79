package io.dougong.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleTest {

    @Test
    void whoDefinesModelsDoesNotOverruleThemOrSeePersons() {
        assertThat(Role.ADMIN.permissions())
                .contains(Permission.DEFINE, Permission.ERASE, Permission.MANAGE_TOKENS)
                .doesNotContain(Permission.REVIEW, Permission.SEE_PERSONAL);
    }

    @Test
    void eachOtherRoleHasJustItsDuties() {
        assertThat(Role.DECIDER.permissions())
                .isEqualTo(
                        Set.of(Permission.READ, Permission.APPEND_EVENTS, Permission.DECIDE, Permission.GIVE_FEEDBACK));
        assertThat(Role.REVIEWER.permissions())
                .isEqualTo(
                        Set.of(Permission.READ, Permission.GIVE_FEEDBACK, Permission.REVIEW, Permission.SEE_PERSONAL));
        assertThat(Role.AUDITOR.permissions()).isEqualTo(Set.of(Permission.READ, Permission.VERIFY_AUDIT));
    }

    @Test
    void everyPermissionIsSomebodys() {
        for (Permission permission : Permission.values()) {
            assertThat(Role.with(permission)).as(permission.name()).isNotEmpty();
        }
    }

    @Test
    void aCallerMayWhatAnyOfItsRolesMay() {
        Caller caller = new Caller("1", "both", Set.of(Role.REVIEWER, Role.AUDITOR));
        assertThat(caller.may(Permission.REVIEW)).isTrue();
        assertThat(caller.may(Permission.VERIFY_AUDIT)).isTrue();
        assertThat(caller.may(Permission.DEFINE)).isFalse();
        assertThat(new Caller("1", "none", Set.of()).may(Permission.READ)).isFalse();
    }
}
