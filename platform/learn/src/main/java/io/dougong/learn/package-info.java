/** Learning: point-in-time data sets from the lake, trainers, evaluation, gates, and the record of every run. */
@NullMarked
package io.dougong.learn;

import org.jspecify.annotations.NullMarked;
