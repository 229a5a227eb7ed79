package io.dougong.benchmarks;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_float;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As much of LightGBM as a baseline needs, through the bindings of its C interface: a data set in native memory, a booster that grows
 * round by round, its loss on rows set apart, its probabilities.
 */
final class Lightgbm {

    private static final String FOLDER = "/com/microsoft/ml/lightgbm/linux/x86_64/";
    private static final int ROW_MAJOR = 1;

    private Lightgbm() {}

    /** @throws UnsatisfiedLinkError if this machine cannot load the library of Linux on x86-64 */
    static void load() throws IOException {
        Path folder = Files.createTempDirectory("lightgbm");
        for (String library : List.of("lib_lightgbm.so", "lib_lightgbm_swig.so")) {
            Path file = folder.resolve(library);
            try (InputStream in = lightgbmlib.class.getResourceAsStream(FOLDER + library)) {
                if (in == null) {
                    throw new UnsatisfiedLinkError(library + " is not in the jar");
                }
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
            System.load(file.toString());
            Files.delete(file);
        }
        Files.delete(folder);
    }

    private static void check(int code) {
        if (code != 0) {
            throw new IllegalStateException("LightGBM: " + lightgbmlib.LGBM_GetLastError());
        }
    }

    /** Rows in native memory. */
    static final class Data implements AutoCloseable {

        private final SWIGTYPE_p_void handle;

        /**
         * @param parameters those that bin the values
         * @param reference whose bins are used, or null
         */
        Data(double[][] rows, float[] labels, String parameters, @Nullable Data reference) {
            SWIGTYPE_p_double values = copied(rows);
            SWIGTYPE_p_p_void out = lightgbmlib.new_voidpp();
            check(lightgbmlib.LGBM_DatasetCreateFromMat(
                    lightgbmlib.double_to_voidp_ptr(values),
                    lightgbmlibConstants.C_API_DTYPE_FLOAT64,
                    rows.length,
                    rows[0].length,
                    ROW_MAJOR,
                    parameters,
                    reference == null ? null : reference.handle,
                    out));
            handle = lightgbmlib.voidpp_value(out);
            lightgbmlib.delete_voidpp(out);
            lightgbmlib.delete_doubleArray(values);
            label(labels);
        }

        private void label(float[] labels) {
            SWIGTYPE_p_float values = lightgbmlib.new_floatArray(labels.length);
            for (int i = 0; i < labels.length; i++) {
                lightgbmlib.floatArray_setitem(values, i, labels[i]);
            }
            check(lightgbmlib.LGBM_DatasetSetField(
                    handle,
                    "label",
                    lightgbmlib.float_to_voidp_ptr(values),
                    labels.length,
                    lightgbmlibConstants.C_API_DTYPE_FLOAT32));
            lightgbmlib.delete_floatArray(values);
        }

        @Override
        public void close() {
            check(lightgbmlib.LGBM_DatasetFree(handle));
        }
    }

    private static SWIGTYPE_p_double copied(double[][] rows) {
        SWIGTYPE_p_double values = lightgbmlib.new_doubleArray((long) rows.length * rows[0].length);
        long at = 0;
        for (double[] row : rows) {
            for (double value : row) {
                lightgbmlib.doubleArray_setitem(values, at++, value);
            }
        }
        return values;
    }

    /** Trees that grow. */
    static final class Booster implements AutoCloseable {

        private final SWIGTYPE_p_void handle;

        /** @param apart rows to measure the loss on, or null */
        Booster(Data data, @Nullable Data apart, String parameters) {
            SWIGTYPE_p_p_void out = lightgbmlib.new_voidpp();
            check(lightgbmlib.LGBM_BoosterCreate(data.handle, parameters, out));
            handle = lightgbmlib.voidpp_value(out);
            lightgbmlib.delete_voidpp(out);
            if (apart != null) {
                check(lightgbmlib.LGBM_BoosterAddValidData(handle, apart.handle));
            }
        }

        /** One more tree. */
        void grow() {
            SWIGTYPE_p_int finished = lightgbmlib.new_intp();
            check(lightgbmlib.LGBM_BoosterUpdateOneIter(handle, finished));
            lightgbmlib.delete_intp(finished);
        }

        /** On the rows set apart. */
        double loss() {
            SWIGTYPE_p_int count = lightgbmlib.new_intp();
            SWIGTYPE_p_double figure = lightgbmlib.new_doubleArray(1);
            check(lightgbmlib.LGBM_BoosterGetEval(handle, 1, count, figure));
            double loss = lightgbmlib.doubleArray_getitem(figure, 0);
            lightgbmlib.delete_intp(count);
            lightgbmlib.delete_doubleArray(figure);
            return loss;
        }

        double[] probabilities(double[][] rows) {
            SWIGTYPE_p_double values = copied(rows);
            SWIGTYPE_p_double out = lightgbmlib.new_doubleArray(rows.length);
            SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
            check(lightgbmlib.LGBM_BoosterPredictForMat(
                    handle,
                    lightgbmlib.double_to_voidp_ptr(values),
                    lightgbmlibConstants.C_API_DTYPE_FLOAT64,
                    rows.length,
                    rows[0].length,
                    ROW_MAJOR,
                    lightgbmlibConstants.C_API_PREDICT_NORMAL,
                    0,
                    -1,
                    "",
                    length,
                    out));
            double[] probabilities = new double[rows.length];
            for (int i = 0; i < probabilities.length; i++) {
                probabilities[i] = lightgbmlib.doubleArray_getitem(out, i);
            }
            lightgbmlib.delete_int64_tp(length);
            lightgbmlib.delete_doubleArray(out);
            lightgbmlib.delete_doubleArray(values);
            return probabilities;
        }

        @Override
        public void close() {
            check(lightgbmlib.LGBM_BoosterFree(handle));
        }
    }
}
