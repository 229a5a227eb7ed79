package io.dougong.node;

import io.dougong.decisions.DecisionLog;
import java.nio.file.Path;
import java.util.List;

/** The program that {@link NodeKillTest} kills: appends and decides for ever, and prints what was acknowledged. */
final class KilledNode {

    private KilledNode() {}

    public static void main(String[] arguments) {
        Node node = Node.open(Shop.settings(Path.of(arguments[0])));
        int next = Integer.parseInt(arguments[1]);
        System.out.println("ready");
        for (int i = next; ; i++) {
            node.append(Shop.NAME, Shop.events(i, i + 1)).join();
            System.out.println("event " + i);
            DecisionLog.Entry entry = node.decide(Shop.NAME, "hold", "request-" + i, Shop.order(i))
                    .join();
            System.out.println("decision " + entry.decision().id());
            node.apply(Shop.application(), "killed");
            List<DecisionLog.Entry> newest = node.decisions(1);
            if (newest.isEmpty()) {
                throw new IllegalStateException("an acknowledged decision is not there");
            }
        }
    }
}
