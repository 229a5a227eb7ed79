package io.dougong.learn;

import java.util.Map;

/** Makes a model's payload out of rows; the same rows, definition and seed give the same bytes. */
public interface Trainer {

    boolean trains(TrainerDefinition definition);

    /** How the codes of a text feature are ordered. */
    default TextOrder textOrder(TrainerDefinition definition) {
        return TextOrder.NAME;
    }

    enum TextOrder {
        NAME,
        /**
         * By the mean of the target in training (of several classes the share of the most frequent one), rare texts drawn towards the mean
         * of all. Of two classes and of numbers the best split of a text's values is then among those of the order (Fisher 1958).
         */
        TARGET_MEAN
    }

    /**
     * Fits on the training slice.
     *
     * @param progress is told of {@link Progress.Phase#TRAIN}
     * @throws LearnProblem if the definition does not fit the table, or the trainer fails or is interrupted
     */
    Fitted fit(TrainerDefinition definition, TrainingTable table, long seed, Progress progress);

    /**
     * What a trainer made.
     *
     * @param format the payload's format, as the room {@code models} loads it
     * @param parameters everything that shaped the payload, also what the trainer chose itself (threads, library version)
     */
    record Fitted(String format, byte[] payload, Map<String, String> parameters) {}
}
