package io.dougong.kernel;

import java.util.Locale;

/** The type of a field; in a {@link Row} its values are held as the Java class named beside it. */
public enum FieldType {
    STRING(String.class),
    INTEGER(Long.class),
    NUMBER(Double.class),
    BOOLEAN(Boolean.class),
    /** An instant, as microseconds since 1970-01-01T00:00:00Z. */
    TIMESTAMP(Long.class);

    private final Class<?> javaClass;

    FieldType(Class<?> javaClass) {
        this.javaClass = javaClass;
    }

    public Class<?> javaClass() {
        return javaClass;
    }

    /** The name used in manifests, e.g. {@code timestamp}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
