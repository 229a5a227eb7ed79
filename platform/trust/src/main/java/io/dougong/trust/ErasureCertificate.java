package io.dougong.trust;

import java.util.List;

/**
 * That a person was erased.
 *
 * @param pseudonym stands for the subject, see {@link SubjectKeys#pseudonym}
 * @param keyIds the destroyed keys, oldest first; empty if nothing was ever sealed for the subject
 * @param erasedMicros when the last of them was destroyed
 */
public record ErasureCertificate(String pseudonym, List<String> keyIds, long erasedMicros) {

    public ErasureCertificate {
        keyIds = List.copyOf(keyIds);
    }
}
