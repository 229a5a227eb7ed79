package io.dougong.server;

/** A field of a JSON body: what the reader accepts and the document tells. */
record BodyField(String name, Type type, boolean required, String description) {

    enum Type {
        TEXT("string"),
        INTEGER("integer"),
        NUMBER("number"),
        FLAG("boolean"),
        /** Text, number or boolean. */
        SCALAR("scalar"),
        /** Names to scalars. */
        SCALARS("object"),
        TEXTS("array"),
        /** Any JSON object; its own reader checks it. */
        OBJECT("object");

        private final String label;

        Type(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static BodyField required(String name, Type type, String description) {
        return new BodyField(name, type, true, description);
    }

    static BodyField optional(String name, Type type, String description) {
        return new BodyField(name, type, false, description);
    }
}
