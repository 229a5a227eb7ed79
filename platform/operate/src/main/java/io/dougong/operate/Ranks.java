package io.dougong.operate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a row's values into ranks among the reference's. */
final class Ranks {

    private final List<BinFinder> finders;
    private final byte[][] rankOfBin;

    /** The value of a feature of one row. */
    interface Values {
        @Nullable
        Object of(int feature);
    }

    Ranks(List<Reference.OfFeature> features) {
        this.finders =
                features.stream().map(feature -> new BinFinder(feature.bins())).toList();
        this.rankOfBin = features.stream().map(Ranks::ranks).toArray(byte[][]::new);
    }

    private static byte[] ranks(Reference.OfFeature feature) {
        double[] ranks = Divergence.ranks(
                java.util.Arrays.copyOf(feature.counts(), feature.bins().values()));
        byte[] bytes = new byte[feature.bins().size()];
        java.util.Arrays.fill(bytes, (byte) DomainClassifier.MISSING);
        for (int i = 0; i < ranks.length; i++) {
            bytes[i] = DomainClassifier.rank(ranks[i]);
        }
        return bytes;
    }

    byte[] of(Values values) {
        byte[] row = new byte[finders.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = of(i, finders.get(i).place(values.of(i)));
        }
        return row;
    }

    byte of(int feature, int bin) {
        return rankOfBin[feature][bin];
    }
}
