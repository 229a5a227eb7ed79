/**
 * What a model is: tree ensembles, linear models and neural nets behind one interface; encoding, calibration, abstention,
 * explanation, evaluation; the artifact that holds all of it in one content-addressed file, and the registry of versions.
 */
@NullMarked
package io.dougong.models;

import org.jspecify.annotations.NullMarked;
