package io.dougong.trust;

import java.util.Collection;
import java.util.Optional;

/**
 * One data key per subject, and the destruction of it. Subjects are stored under a pseudonym only. Safe for use by many threads:
 * a key handed out before an erasure may finish the call it was asked for, and seals what nobody can open.
 */
public interface SubjectKeys extends AutoCloseable {

    /** What is known of a key id. */
    sealed interface Found {
        record Present(DataKey key) implements Found {}

        record Erased(String keyId, long erasedMicros) implements Found {}
    }

    /** The subject's key, made durable before it is returned if the subject is new or comes back after an erasure. */
    DataKey sealingKey(String subject);

    /** Makes the keys of many new subjects in one commit. */
    void prepare(Collection<String> subjects);

    /** Empty if no such key was ever made here. */
    Optional<Found> find(String keyId);

    /**
     * Destroys the subject's key: overwritten, deleted, the file rewritten, its write-ahead log cut. Repeating it changes nothing
     * and returns the same certificate.
     *
     * @throws TrustProblem.Refused if the key is gone but the file could not be rewritten yet
     */
    ErasureCertificate erase(String subject);

    /**
     * Erases again what a restored backup brought back: the keys of the certificate, and no newer one of the same subject. Keys that
     * the backup did not know yet are remembered as erased.
     */
    void reapply(ErasureCertificate certificate);

    /** Stable, and without the master key neither invertible nor guessable: HMAC-SHA256 of the subject. */
    String pseudonym(String subject);

    @Override
    void close();
}
