package io.dougong.trust;

/** What came out of a sealed value. */
public sealed interface Opened {

    final class Clear implements Opened {

        private final byte[] bytes;

        Clear(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Not copied. */
        public byte[] bytes() {
            return bytes;
        }
    }

    /** The person was erased: an answer, not an error. */
    record Erased(String keyId, long erasedMicros) implements Opened {}
}
