package io.dougong.node;

import io.dougong.trust.Caller;
import io.dougong.trust.ErasureCertificate;
import io.dougong.trust.Role;
import io.dougong.trust.TokenInfo;
import io.dougong.trust.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tokens of callers and keys of persons; each change is in the audit chain before it is told. */
public final class Keyring {

    private final Rooms rooms;
    private final Tokens tokens;

    Keyring(Rooms rooms, Tokens tokens) {
        this.rooms = rooms;
        this.tokens = tokens;
    }

    /** Who calls with this token; see {@link Tokens#authenticate}. */
    public Caller authenticate(@Nullable String presented, String source) {
        return tokens.authenticate(presented, source);
    }

    public List<TokenInfo> list() {
        return tokens.list();
    }

    /** Makes a token; it is in the audit chain before its secret is told. */
    public Tokens.Created create(String name, Set<Role> roles, Optional<Long> expiresMicros, String by) {
        Tokens.Created created = tokens.create(name, roles, expiresMicros);
        String detail = created.info().id() + " " + name + " "
                + roles.stream().map(Role::name).sorted().collect(Collectors.joining(","));
        rooms.administration().record(new AdminEvent.Noted("token-create", detail, by));
        return created;
    }

    /** Makes a token stop working. */
    public TokenInfo revoke(String id, String by) {
        TokenInfo revoked = tokens.revoke(id);
        rooms.administration().record(new AdminEvent.Noted("token-revoke", id + " " + revoked.name(), by));
        return revoked;
    }

    /** Makes every personal value of the person unreadable, everywhere and for ever. */
    public ErasureCertificate erase(String subject, String by) {
        String pseudonym = rooms.vault().pseudonym(subject);
        ErasureCertificate certificate = rooms.vault().erase(pseudonym);
        rooms.administration().record(new AdminEvent.Noted("erase", pseudonym, by));
        return certificate;
    }
}
