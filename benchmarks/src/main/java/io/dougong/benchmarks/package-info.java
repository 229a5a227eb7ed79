/** Benchmarks: the speed of Dougong side by side with the libraries that do the same. */
@NullMarked
package io.dougong.benchmarks;

import org.jspecify.annotations.NullMarked;
