package io.dougong.learn;

import io.dougong.models.AdaptiveConformal;
import io.dougong.models.Calibrator;
import io.dougong.models.Target;
import org.jspecify.annotations.Nullable;

/**
 * What is fitted and measured once a model is trained. The older half of the calibration slice fits how margins are read, the newer half
 * measures the first threshold: a threshold measured on rows that something was fitted on would be too narrow.
 *
 * @param calibrator of two classes
 * @param target of anything else, null for two classes
 * @param start of the abstention rule
 */
record Finish(Calibrator calibrator, @Nullable Target target, AdaptiveConformal.State start, Evaluation evaluation) {}
