/** A trainer that looks for its settings itself: boosted trees and a linear model, each as far as it helps. */
@NullMarked
package io.dougong.learn.tuned;

import org.jspecify.annotations.NullMarked;
