package io.dougong.node;

import java.nio.file.Path;

/** The program that {@link HealingKillTest} kills: appends the rest of the story, a few events at a time, and prints how far it came. */
final class HealedNode {

    private static final int STEP = 25;

    private HealedNode() {}

    public static void main(String[] arguments) {
        try (Node node = Node.open(HealingKillTest.settings(Path.of(arguments[0])))) {
            for (int i = Integer.parseInt(arguments[1]); i < HealingLoopTest.END; i += STEP) {
                HealingLoopTest.append(node, i, Math.min(i + STEP, HealingLoopTest.END));
                System.out.println("at " + (i + STEP));
            }
            System.out.println("end");
        }
    }
}
