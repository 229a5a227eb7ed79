package io.dougong.node;

import io.dougong.decisions.DecisionLog;
import io.dougong.decisions.Replay;
import io.dougong.kernel.Home;
import io.dougong.trust.AuditReport;
import java.nio.file.Path;

/**
 * Brings a home folder to this release: what cannot be derived is copied first, then a node of this release opens the folder, and shows that
 * it still stands by what was recorded. If it does not, the copy is there to go back to with the release before.
 *
 * @param formatBefore of the folder as it was found
 * @param formatNow of the folder as this release keeps it
 * @param decisions newest decisions that were replayed
 * @param identical how many of these gave the same bits
 * @param audit of the whole chain
 */
public record Upgrade(int formatBefore, int formatNow, int decisions, int identical, AuditReport audit) {

    private static final int REPLAYED = 200;

    public boolean ok() {
        return decisions == identical && audit.ok();
    }

    /** @param backup a folder that does not exist yet */
    static Upgrade of(NodeSettings settings, Path backup) {
        int before;
        try (Home home = Home.open(settings.home())) {
            before = home.format();
            Backup.atRest(home, backup);
        }
        try (Node node = Node.open(settings)) {
            node.applications().forEach(application -> node.awaitDecided(application.name()));
            int decisions = 0;
            int identical = 0;
            for (DecisionLog.Entry entry : node.decisions(REPLAYED)) {
                decisions++;
                identical += node.replay(entry.decision(), Replay.Request.PLAIN).identical() ? 1 : 0;
            }
            return new Upgrade(before, Home.FORMAT, decisions, identical, node.verifyAudit());
        }
    }
}
