package io.dougong.learn;

import io.dougong.models.ModelArtifact;

/** Is shown what a version was trained on, once it is registered. */
public interface TrainingObserver {

    TrainingObserver NONE = (_, _, _) -> {};

    void trained(Dataset dataset, Slices slices, ModelArtifact artifact);
}
