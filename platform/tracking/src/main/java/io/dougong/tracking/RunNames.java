package io.dougong.tracking;

import io.dougong.kernel.Digest;

/** Names for runs that came without one, from the words of the house; always the same one for the same run. */
final class RunNames {

    private static final String[] HOW = {
        "calm", "bright", "steady", "quiet", "swift", "gentle", "bold", "clear", "deep", "early", "fair", "kind",
        "light", "mild", "noble", "plain", "sharp", "solid", "sound", "warm", "wise", "young", "brave", "fresh"
    };
    private static final String[] WHAT = {
        "beam", "bracket", "pillar", "rafter", "lintel", "eave", "tenon", "mortise", "purlin", "plinth", "gable",
                "hall",
        "roof", "tile", "ridge", "column", "joist", "truss", "arch", "porch", "tower", "gate", "court", "stair"
    };

    private RunNames() {}

    static String of(String runId) {
        long seed = Long.parseUnsignedLong(Digest.of(runId).hex().substring(0, 15), 16);
        return HOW[(int) (seed % HOW.length)] + "-"
                + WHAT[(int) (seed / HOW.length % WHAT.length)] + "-"
                + seed / HOW.length / WHAT.length % 1000;
    }
}
