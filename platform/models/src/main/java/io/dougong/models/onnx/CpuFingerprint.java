package io.dougong.models.onnx;

import io.dougong.kernel.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Names the instruction set of this machine: a native runtime picks its kernels, and so its rounding, by it. */
final class CpuFingerprint {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final int LENGTH = 8;

    private CpuFingerprint() {}

    /** Architecture and eight digits that change with model or flags of the processor. */
    static String read() {
        String architecture = System.getProperty("os.arch", "unknown");
        return architecture + "-"
                + Digest.of(architecture + description()).hex().substring(0, LENGTH);
    }

    private static String description() {
        if (!Files.isReadable(CPU_INFO)) {
            return System.getProperty("os.name", "");
        }
        try {
            List<String> lines = Files.readAllLines(CPU_INFO);
            return first(lines, "model name") + first(lines, "flags") + first(lines, "Features");
        } catch (IOException unreadable) {
            return System.getProperty("os.name", "");
        }
    }

    private static String first(List<String> lines, String field) {
        return lines.stream().filter(line -> line.startsWith(field)).findFirst().orElse("");
    }
}
