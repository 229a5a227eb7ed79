package io.dougong.trust;

import io.dougong.kernel.StreamPartition;
import java.util.Optional;

/** Where the audit finds the records that its chain refers to. Called in chain order. */
@FunctionalInterface
public interface ContentSource {

    /** The stored bytes of the record, or empty if it is not there. */
    Optional<byte[]> content(String reference);

    /** The first offset still kept; of records before it only the chain is verified. */
    default long retainedFrom(StreamPartition partition) {
        return 0;
    }
}
