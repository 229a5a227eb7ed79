package io.dougong.apps.flightdelay;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/** A text in both languages. */
record Said(String en, String zh) {

    private static final Properties ENGLISH = read("/stage_en.properties");
    private static final Properties CHINESE = read("/stage_zh.properties");

    private static Properties read(String resource) {
        try (InputStream in = Objects.requireNonNull(Said.class.getResourceAsStream(resource), resource)) {
            Properties texts = new Properties();
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The text of a key; a value that is {@code Said} itself is put in each in its language. */
    static Said of(String key, Object... values) {
        return new Said(text(ENGLISH, key, values, true), text(CHINESE, key, values, false));
    }

    private static String text(Properties texts, String key, Object[] values, boolean english) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no text '" + key + "'");
        }
        Object[] own = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            own[i] = values[i] instanceof Said said ? english ? said.en() : said.zh() : values[i];
        }
        return new MessageFormat(text, Locale.US).format(own);
    }

    /** The same in both languages. */
    static Said same(String text) {
        return new Said(text, text);
    }
}
