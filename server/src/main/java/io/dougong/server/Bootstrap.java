package io.dougong.server;

import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.StorageProblem;
import io.dougong.trust.Role;
import io.dougong.trust.TokenInfo;
import io.dougong.trust.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first token: made when no usable ADMIN token is there, and left in the home folder for its owner alone. Whoever can read
 * the folder owns everything in it anyway; from another machine the token does not work.
 */
final class Bootstrap {

    static final String FILE = "admin.token";
    static final String NAME = "bootstrap";

    private final Path file;
    private final Tokens tokens;

    Bootstrap(Path home, Tokens tokens) {
        this.file = home.resolve(FILE);
        this.tokens = tokens;
    }

    /** The id of the token in the home folder; empty if there is none. */
    String ensure(long nowMicros) {
        List<TokenInfo> usable =
                tokens.list().stream().filter(token -> token.usable(nowMicros)).toList();
        if (usable.stream().noneMatch(token -> token.roles().contains(Role.ADMIN))) {
            write(tokens.create(NAME, Set.of(Role.ADMIN), Optional.empty()).secret());
        }
        return read().map(Access::idOf).orElse("");
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
