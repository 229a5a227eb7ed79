package io.dougong.trust.embedded;

import io.dougong.trust.MasterKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The master key in {@code master.key}, made at the first start, for those who do not bring one through the environment. */
public final class MasterKeyFile {

    private static final String FILE = "master.key";

    private MasterKeyFile() {}

    /** @param folder the room's folder in the home */
    public static MasterKey open(Path folder, SecureRandom random) {
        Path file = KeyFiles.folder(folder).resolve(FILE);
        if (!Files.exists(file)) {
            KeyFiles.write(file, MasterKey.random(random).toBase64() + "\n");
        }
        return MasterKey.parse(KeyFiles.read(file), file.toString());
    }
}
