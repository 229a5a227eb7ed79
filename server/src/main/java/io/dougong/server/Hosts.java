package io.dougong.server;

import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names this server answers for. A page of a foreign site whose name was rebound to 127.0.0.1 still sends that name as
 * {@code Host}, and is refused by it.
 */
final class Hosts {

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final Set<String> names;

    /** @param more names besides the local ones, e.g. of a reverse proxy */
    Hosts(Set<String> more) {
        this.names = new HashSet<>(LOCAL);
        more.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }

    /** @param authority the {@code Host} header, or {@code :authority} in HTTP/2; null if there is none */
    void check(@Nullable HostAndPort authority) {
        String host = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
        if (!names.contains(host)) {
            throw ServerProblem.foreignHost(host);
        }
    }

    /** Whether only this machine can reach the address. */
    static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
