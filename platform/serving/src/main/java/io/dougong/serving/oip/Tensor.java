package io.dougong.serving.oip;

import java.util.List;

/** A named array of numbers or texts, flat in row-major order. */
public sealed interface Tensor {

    String name();

    Datatype datatype();

    /** Sizes of the dimensions; their product is the number of elements. */
    List<Long> shape();

    int elements();

    /** Numbers or truth values; a missing number is NaN. */
    @SuppressWarnings("ArrayRecordComponent")
    record Numbers(String name, Datatype datatype, List<Long> shape, double[] values) implements Tensor {

        public Numbers {
            shape = List.copyOf(shape);
        }

        @Override
        public int elements() {
            return values.length;
        }
    }

    /** Texts; a missing text is empty. */
    record Texts(String name, List<Long> shape, List<String> values) implements Tensor {

        public Texts {
            shape = List.copyOf(shape);
            values = List.copyOf(values);
        }

        @Override
        public Datatype datatype() {
            return Datatype.BYTES;
        }

        @Override
        public int elements() {
            return values.size();
        }
    }
}
