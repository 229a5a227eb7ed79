/** Logistic regression, trained in plain Java to the same bits everywhere. */
@NullMarked
package io.dougong.learn.logistic;

import org.jspecify.annotations.NullMarked;
