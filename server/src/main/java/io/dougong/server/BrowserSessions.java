package io.dougong.server;

import io.dougong.kernel.Times;
import io.dougong.server.console.Console;
import io.dougong.trust.Permission;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/** Cookies of the console: a sealed token each. */
final class BrowserSessions implements Console.Sessions {

    private static final String SESSION = "session";
    private static final String LINK = "link";
    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";
    private static final Duration SESSION_TIME = Duration.ofHours(12);
    private static final Duration LINK_TIME = Duration.ofMinutes(5);
    private static final int REMEMBERED_LINKS = 1_000;

    private final Access access;
    private final SealedToken sealed;
    private final InstantSource clock;
    private final String cookieName;
    private final SequencedSet<String> usedLinks = new LinkedHashSet<>();

    /** @param cookieName differs between the servers of one machine, since cookies do not know ports */
    BrowserSessions(Access access, SealedToken sealed, InstantSource clock, String cookieName) {
        this.access = access;
        this.sealed = sealed;
        this.clock = clock;
        this.cookieName = cookieName;
    }

    private long micros(Duration from) {
        return Times.micros(clock.instant().plus(from));
    }

    @Override
    public void check(String token, String peer, Permission needed) {
        access.admit("Bearer " + token, peer, needed);
    }

    @Override
    public String cookie(String token) {
        return cookieName + "=" + sealed.seal(SESSION, token, micros(SESSION_TIME)) + "; Max-Age="
                + SESSION_TIME.toSeconds() + ATTRIBUTES;
    }

    @Override
    public String goneCookie() {
        return cookieName + "=; Max-Age=0" + ATTRIBUTES;
    }

    String cookieName() {
        return cookieName;
    }

    /** The token in a cookie's value. */
    Optional<String> token(String cookie) {
        return sealed.open(SESSION, cookie, micros(Duration.ZERO));
    }

    /** A code that lets a browser in once, soon. */
    String link(String token) {
        return sealed.seal(LINK, token, micros(LINK_TIME));
    }

    @Override
    public synchronized Optional<String> redeem(String code) {
        Optional<String> token = sealed.open(LINK, code, micros(Duration.ZERO));
        if (token.isEmpty() || !usedLinks.add(code)) {
            return Optional.empty();
        }
        if (usedLinks.size() > REMEMBERED_LINKS) {
            usedLinks.removeFirst();
        }
        return token;
    }
}
