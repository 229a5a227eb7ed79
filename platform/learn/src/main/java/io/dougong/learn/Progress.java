package io.dougong.learn;

import java.util.Locale;

/** Told how far a training run has come; called on the training thread, so it must be quick. */
@FunctionalInterface
public interface Progress {

    Progress NONE = (_, _, _) -> {};

    enum Phase {
        /** Events read from the lake. */
        READ,
        /** Trees, or steps of the solver. */
        TRAIN,
        /** Rows of the calibration slice. */
        CALIBRATE,
        /** Rows of the test slice. */
        EVALUATE,
        /** One step: the artifact goes to the registry. */
        REGISTER;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param total how many there will be, or -1 if that is not known yet */
    void at(Phase phase, long done, long total);
}
