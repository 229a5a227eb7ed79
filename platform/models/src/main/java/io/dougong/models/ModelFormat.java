package io.dougong.models;

/** Reads models of one kind; the node lists the formats it knows. */
public interface ModelFormat {

    /** Stable, lower-case, e.g. {@code xgboost}. */
    String id();

    /** @throws ModelProblem if the bytes are damaged or need something this release does not have */
    Model read(byte[] bytes);

    /** A format from its id and a reading function. */
    static ModelFormat of(String id, java.util.function.Function<byte[], Model> reader) {
        return new ModelFormat() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public Model read(byte[] bytes) {
                return reader.apply(bytes);
            }
        };
    }
}
