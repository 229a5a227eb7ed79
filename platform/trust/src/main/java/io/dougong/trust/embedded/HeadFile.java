package io.dougong.trust.embedded;

import io.dougong.kernel.DurableFiles;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.StorageProblem;
import io.dougong.trust.AuditHead;
import io.dougong.trust.VerificationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Function;

/** The signed head beside the chains, and the marker that they are being rebuilt and have not met it yet. */
final class HeadFile {

    static final String NAME = "HEAD";

    private static final String REBUILDING = "REBUILDING";

    private final Path folder;

    HeadFile(Path folder) {
        this.folder = folder;
    }

    /** What is wrong with the stored head, if anything. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String what) {
            super(what);
        }

        String what() {
            return String.valueOf(getMessage());
        }
    }

    Optional<AuditHead> read(Function<String, Optional<VerificationKey>> keys) throws Unusable {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            AuditHead head = AuditHead.fromJson(Files.readAllBytes(file));
            check(head, keys);
            return Optional.of(head);
        } catch (InvalidValue malformed) {
            throw new Unusable("the signed head was changed: " + malformed.getMessage());
        } catch (IOException failed) {
            throw StorageProblem.unreadable(file.toString(), failed);
        }
    }

    static void check(AuditHead head, Function<String, Optional<VerificationKey>> keys) throws Unusable {
        if (!keys.apply(head.keyId()).map(head::holds).orElse(false)) {
            throw new Unusable("the signature of the head does not hold");
        }
    }

    void write(AuditHead head) {
        DurableFiles.write(folder.resolve(NAME), head.toJson());
    }

    boolean rebuilding() {
        return Files.exists(folder.resolve(REBUILDING));
    }

    void rebuilding(boolean on) throws IOException {
        if (on) {
            DurableFiles.write(folder.resolve(REBUILDING), new byte[0]);
        } else if (Files.deleteIfExists(folder.resolve(REBUILDING))) {
            DurableFiles.syncFolder(folder);
        }
    }

    /** Keeps an unusable head as evidence under another name. */
    void setAside() throws IOException {
        Path file = folder.resolve(NAME);
        Files.move(file, folder.resolve(NAME + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.syncFolder(folder);
    }
}
