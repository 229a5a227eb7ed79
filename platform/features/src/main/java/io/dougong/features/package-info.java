/**
 * Features: one definition gives the values at serving time, in batch and at request time, from the same operator.
 *
 * <p>Start at {@link io.dougong.features.FeatureView} (what is counted), {@link io.dougong.features.FeatureOperator} (how) and
 * {@link io.dougong.features.FeatureStore} (where it is kept).
 */
@NullMarked
package io.dougong.features;

import org.jspecify.annotations.NullMarked;
