package io.dougong.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes while clients append, decide, label, apply, promote, make tokens and carry events to the lake: at any moment, just
 * before any write or sync, and during the start after it. What the server had acknowledged is there, once, and everything
 * derived agrees with it.
 */
class PowerCutTest {

    private static final int ROUNDS = 10;
    private static final int SOAK_ROUNDS = 200;
    private static final int CHANGES = 400;
    private static final int CHANGES_OF_A_START = 120;

    @TempDir
    Path folder = Path.of("");

    private Path home = Path.of("");
    private Shell shell = new Shell(home);
    private Optional<PowerCut> power = Optional.empty();

    @BeforeEach
    void compile() throws IOException {
        home = folder.toRealPath().resolve("home");
        power = PowerCut.under(home, folder.resolve("state"));
        shell = power.map(found -> new Shell(home, found.environment())).orElse(shell);
    }

    @Test
    void whatWasAcknowledgedIsThereAfterEveryPowerCut() throws Exception {
        rounds(ROUNDS, Long.getLong("powercut.seed", 3));
    }

    @Test
    @Tag("soak")
    void whatWasAcknowledgedIsThereAfterHundredsOfPowerCuts() throws Exception {
        rounds(SOAK_ROUNDS, System.nanoTime());
    }

    private void rounds(int rounds, long seed) throws Exception {
        assumeThat(power)
                .as("no power cut was tested: there is no C compiler (cc) for Linux on this machine")
                .isPresent();
        Ledger ledger = new Ledger();
        SplittableRandom random = new SplittableRandom(seed);
        up();
        String manifest = ShopSetup.learnt(shell, ledger);
        for (int round = 0; round < rounds; round++) {
            try {
                round("r" + round, ledger, manifest, random);
            } catch (AssertionError | RuntimeException | IOException wrong) {
                throw new AssertionError("round " + round + ", seed " + seed + ": " + wrong.getMessage(), wrong);
            }
        }
        assertThat(ledger.decisions).isNotEmpty();
        assertThat(shell.run("down").exit()).isZero();
    }

    private void up() {
        Shell.Result up = shell.run("up", "--detach", "--port", "0");
        assertThat(up.exit()).as(up.err()).isZero();
    }

    private void round(String name, Ledger ledger, String manifest, SplittableRandom random) throws Exception {
        PowerCut disk = power.orElseThrow();
        long pid = shell.pid();
        Traffic traffic = new Traffic(new Api(shell), ledger, name, 20 + random.nextInt(150), manifest).start();
        traffic.await();
        if (random.nextBoolean()) {
            disk.dieAfter(random.nextInt(CHANGES));
        } else {
            kill(pid);
        }
        awaitEnd(pid);
        traffic.end();
        cut(disk, pid, random);
        if (random.nextInt(3) == 0) {
            dieStarting(disk, random);
        }
        up();
        ledger.check(new Api(shell), random);
    }

    private static void cut(PowerCut disk, long pid, SplittableRandom random) throws IOException {
        if (random.nextBoolean()) {
            disk.cut(pid);
        } else {
            disk.cut(pid, random);
        }
    }

    /** The power goes again while the server repairs what the first time has left. */
    private void dieStarting(PowerCut disk, SplittableRandom random) throws IOException {
        disk.dieAfter(random.nextInt(CHANGES_OF_A_START));
        Shell.Result up = shell.run("up", "--detach", "--port", "0");
        if (up.exit() == 0) {
            long pid = shell.pid();
            kill(pid);
            awaitEnd(pid);
        }
        for (long pid : disk.pids()) {
            cut(disk, pid, random);
        }
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static void awaitEnd(long pid) {
        ProcessHandle.of(pid).ifPresent(process -> {
            try {
                process.onExit().get(60, TimeUnit.SECONDS);
            } catch (Exception alive) {
                throw new AssertionError("process " + pid + " has not ended", alive);
            }
        });
    }
}
