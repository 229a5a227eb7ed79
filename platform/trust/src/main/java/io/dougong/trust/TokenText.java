package io.dougong.trust;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * How a token is written: {@code dgt_}, 43 digits of base 62 (256 random bits), 6 digits of base 62 (CRC-32 of what is before
 * them). Prefix and checksum let secret scanners recognise a leaked token without asking, and let the server drop a mistyped
 * one without looking it up.
 */
public final class TokenText {

    public static final String PREFIX = "dgt_";

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int SECRET_BITS = 256;
    private static final int SECRET_LENGTH = 43;
    private static final int CHECK_LENGTH = 6;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (SECRET_LENGTH + CHECK_LENGTH) + "}");

    private TokenText() {}

    public static String next(SecureRandom random) {
        String body = PREFIX + base62(new BigInteger(SECRET_BITS, random), SECRET_LENGTH);
        return body + check(body);
    }

    /** Whether the text has the form and checksum of a token; says nothing about whether it is one. */
    public static boolean wellFormed(String text) {
        if (!FORM.matcher(text).matches()) {
            return false;
        }
        int split = text.length() - CHECK_LENGTH;
        return check(text.substring(0, split)).equals(text.substring(split));
    }

    private static String check(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return base62(BigInteger.valueOf(crc.getValue()), CHECK_LENGTH);
    }

    private static String base62(BigInteger value, int length) {
        char[] text = new char[length];
        BigInteger rest = value;
        for (int i = length - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            text[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(text);
    }
}
