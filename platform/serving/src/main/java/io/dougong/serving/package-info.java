/** Serving: the path of a decision, from question to record: router, cache, guard, model, calibration, reasons. */
@NullMarked
package io.dougong.serving;

import org.jspecify.annotations.NullMarked;
