package io.dougong.server;

import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.StorageProblem;
import io.dougong.node.Node;
import io.dougong.trust.Role;
import io.dougong.trust.TokenInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first token: made when no usable ADMIN token is there, and left in the home folder for its owner alone. One whose file is
 * gone, as after a restore, is revoked and made anew. Whoever can read the folder owns everything in it anyway; from another
 * machine the token does not work.
 */
final class Bootstrap {

    static final String FILE = "admin.token";
    static final String NAME = "bootstrap";
    private static final String BY = "system";

    private final Path file;
    private final Node node;

    Bootstrap(Path home, Node node) {
        this.file = home.resolve(FILE);
        this.node = node;
    }

    /** The id of the token in the home folder; empty if there is none. */
    String ensure(long nowMicros) {
        String present = read().map(Access::idOf).orElse("");
        List<TokenInfo> admins = node.keyring().list().stream()
                .filter(token -> token.usable(nowMicros) && token.roles().contains(Role.ADMIN))
                .toList();
        List<TokenInfo> lost = admins.stream()
                .filter(token -> token.name().equals(NAME) && !token.id().equals(present))
                .toList();
        lost.forEach(token -> node.keyring().revoke(token.id(), BY));
        if (admins.size() > lost.size()) {
            return present;
        }
        String secret = node.keyring()
                .create(NAME, Set.of(Role.ADMIN), Optional.empty(), BY)
                .secret();
        write(secret);
        return Access.idOf(secret);
    }

    private void write(String secret) {
        DurableFiles.write(file, secret.getBytes(StandardCharsets.UTF_8));
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException failed) {
            throw StorageProblem.unreadable(file.toString(), failed);
        } catch (UnsupportedOperationException notPosix) {
            file.toFile().setReadable(false, false);
            file.toFile().setReadable(true, true);
        }
    }

    private Optional<String> read() {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException failed) {
            throw StorageProblem.unreadable(file.toString(), failed);
        }
    }
}
