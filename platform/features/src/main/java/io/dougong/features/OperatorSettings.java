package io.dougong.features;

/**
 * How an operator is run.
 *
 * @param maxEntities how many entities each view may have; the events of further ones are answered with {@link Applied#FULL}
 * @param isStored whether {@link FeatureOperator#drain} is called from time to time; what has changed is noted for it
 */
public record OperatorSettings(int maxEntities, boolean isStored) {}
