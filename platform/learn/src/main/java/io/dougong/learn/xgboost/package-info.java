/** Gradient boosted trees trained by XGBoost's native library; the trained model itself is read and computed without it. */
@NullMarked
package io.dougong.learn.xgboost;

import org.jspecify.annotations.NullMarked;
