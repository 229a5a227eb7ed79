package io.dougong.models;

import io.dougong.kernel.Digest;
import io.dougong.kernel.InvalidValue;
import io.dougong.kernel.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A model in one file, named by the SHA-256 of its bytes. Equal content gives equal bytes.
 *
 * <pre>
 *  8 bytes  "DOUGONGM"
 *  4 bytes  format version, big-endian, 1
 *  4 bytes  length of the card
 *  n bytes  the card, JSON with sorted keys
 *  4 bytes  length of the payload
 *  m bytes  the payload, in the card's model format
 * 32 bytes  SHA-256 of all before
 * </pre>
 */
public final class ModelArtifact {

    /** The version this release writes; it reads this and all older ones. */
    public static final int VERSION = 1;

    private static final byte[] MAGIC = "DOUGONGM".getBytes(StandardCharsets.US_ASCII);
    private static final int SEAL_LENGTH = 32;
    private static final int FIXED_LENGTH = MAGIC.length + 3 * Integer.BYTES + SEAL_LENGTH;

    private final ModelCard card;
    private final byte[] payload;
    private final byte[] bytes;
    private final Digest digest;

    private ModelArtifact(ModelCard card, byte[] payload, byte[] bytes) {
        this.card = card;
        this.payload = payload;
        this.bytes = bytes;
        this.digest = Digest.of(bytes);
    }

    /** @throws ModelProblem if card and model do not fit each other */
    public static ModelArtifact of(ModelCard card, Model model) {
        if (!card.format().equals(model.format()) || card.features().size() != model.inputs()) {
            throw new ModelProblem.BadInput(
                    "card-does-not-fit",
                    "The card says " + card.features().size() + " features and format '" + card.format()
                            + "', the model has " + model.inputs() + " and '" + model.format() + "'.",
                    "");
        }
        byte[] payload = model.bytes();
        return new ModelArtifact(card, payload, encode(card, payload));
    }

    private static byte[] encode(ModelCard card, byte[] payload) {
        byte[] header = Json.bytes(card);
        byte[] bytes = new byte[FIXED_LENGTH + header.length + payload.length];
        ByteBuffer.wrap(bytes)
                .put(MAGIC)
                .putInt(VERSION)
                .putInt(header.length)
                .put(header)
                .putInt(payload.length)
                .put(payload)
                .put(seal(bytes));
        return bytes;
    }

    private static byte[] seal(byte[] bytes) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update(bytes, 0, bytes.length - SEAL_LENGTH);
        return sha256.digest();
    }

    /** @throws ModelProblem if this is another file, a damaged one, or one of a newer release */
    public static ModelArtifact read(byte[] bytes) {
        if (bytes.length < FIXED_LENGTH || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw corrupt("it does not begin like one");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, MAGIC.length, bytes.length - MAGIC.length);
        int version = in.getInt();
        if (version > VERSION) {
            throw new ModelProblem.NewerFormat(version, VERSION);
        }
        if (version < 1
                || !Arrays.equals(seal(bytes), Arrays.copyOfRange(bytes, bytes.length - SEAL_LENGTH, bytes.length))) {
            throw corrupt("its checksum does not match its content");
        }
        byte[] header = block(in);
        byte[] payload = block(in);
        if (in.remaining() != SEAL_LENGTH) {
            throw corrupt("its lengths do not add up");
        }
        return new ModelArtifact(card(header), payload, bytes.clone());
    }

    private static byte[] block(ByteBuffer in) {
        int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
        if (length < 0 || length > in.remaining() - SEAL_LENGTH) {
            throw corrupt("its lengths do not add up");
        }
        byte[] block = new byte[length];
        in.get(block);
        return block;
    }

    private static ModelCard card(byte[] header) {
        try {
            return Json.read(header, ModelCard.class);
        } catch (InvalidValue malformed) {
            throw new ModelProblem.Corrupt("model artifact", malformed.getMessage(), malformed);
        }
    }

    private static ModelProblem corrupt(String why) {
        return new ModelProblem.Corrupt("model artifact", why, null);
    }

    public ModelCard card() {
        return card;
    }

    /** The weights, for {@link ModelFormats#read}. */
    public byte[] payload() {
        return payload.clone();
    }

    /** The whole file. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Of {@link #bytes()}: the identity of the version. */
    public Digest digest() {
        return digest;
    }
}
