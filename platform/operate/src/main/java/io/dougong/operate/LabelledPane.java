package io.dougong.operate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.dougong.decisions.Score;
import io.dougong.decisions.Truth;
import io.dougong.models.Task;

/** Labelled decisions of one window, summed up as their task needs. What was kept before there were several kinds is of two classes. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = QualityPane.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = QualityPane.class, name = "binary"),
    @JsonSubTypes.Type(value = ClassPane.class, name = "classes"),
    @JsonSubTypes.Type(value = AmountPane.class, name = "amount")
})
sealed interface LabelledPane permits QualityPane, ClassPane, AmountPane {

    /** @param startMicros event time at which the window's decisions began to be asked */
    static LabelledPane empty(Task task, long startMicros) {
        return switch (task) {
            case BINARY -> QualityPane.empty(startMicros);
            case MULTICLASS -> ClassPane.empty(startMicros);
            case REGRESSION -> AmountPane.empty(startMicros);
        };
    }

    long startMicros();

    /**
     * Nothing, if the model gave no answer, or truth and score are of different shapes.
     *
     * @param decided whether it was not given to a person
     * @param wrong whether it was decided and wrong
     */
    void add(Score score, Truth truth, boolean decided, boolean wrong);

    long labelled();

    /** NaN where it is not defined, or not measured of this kind. */
    double of(Metric metric);
}
