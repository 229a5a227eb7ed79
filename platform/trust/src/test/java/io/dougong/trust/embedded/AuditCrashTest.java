package io.dougong.trust.embedded;

import static io.dougong.trust.embedded.SampleLog.DECISIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.trust.AuditHead;
import io.dougong.trust.AuditReport;
import io.dougong.trust.AuditTrail;
import io.dougong.trust.FixedSigner;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCrashTest {

    private static final int SEGMENT_BYTES = 20_000;

    @TempDir
    Path folder;

    /** The process that is killed. */
    static final class Feeder {

        private Feeder() {}

        @SuppressWarnings("SystemOut") // how the test learns what was acknowledged
        public static void main(String[] arguments) {
            try (AuditTrail trail = new FileAuditTrail(Path.of(arguments[0]), new FixedSigner(), SEGMENT_BYTES)) {
                for (long until = trail.reached().of(DECISIONS) + 7; ; until += 7) {
                    SampleLog.feed(trail, DECISIONS, until);
                    trail.sync();
                    if (until % 5 == 0) {
                        trail.head();
                    }
                    System.out.println(until);
                }
            }
        }
    }

    @Test
    void killedWhileAppendingItKeepsWhatWasSyncedAndGoesOnToTheSameHead() throws Exception {
        for (int lines : new int[] {1, 40, 333}) {
            long acknowledged = feedAndKill(lines);
            try (AuditTrail trail = new FileAuditTrail(folder, new FixedSigner(), SEGMENT_BYTES)) {
                long reached = trail.reached().of(DECISIONS);
                assertThat(reached).isGreaterThanOrEqualTo(acknowledged);
                assertThat(trail.verify(new SampleLog())).isEqualTo(AuditReport.good(reached, reached));
            }
        }
        AuditHead crashed;
        long until;
        try (AuditTrail trail = new FileAuditTrail(folder, new FixedSigner(), SEGMENT_BYTES)) {
            until = trail.reached().of(DECISIONS) + 10;
            SampleLog.feed(trail, DECISIONS, until);
            crashed = trail.head();
            trail.rebuild();
            SampleLog.feed(trail, DECISIONS, until);
            assertThat(trail.head()).isEqualTo(crashed);
            assertThat(trail.verify(new SampleLog()).ok()).isTrue();
        }
    }

    private long feedAndKill(int lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Feeder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            String last = out.readLine();
            for (int i = 1; i < lines; i++) {
                last = out.readLine();
            }
            process.toHandle().destroyForcibly(); // unlike the process itself, it leaves the pipe readable
            process.waitFor();
            for (String more = out.readLine(); more != null; more = out.readLine()) {
                last = more;
            }
            return Long.parseLong(last);
        }
    }
}
