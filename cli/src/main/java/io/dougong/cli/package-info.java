/** The {@code dougong} command: speaks HTTP to a running server; light, so that it answers at once. */
@NullMarked
package io.dougong.cli;

import org.jspecify.annotations.NullMarked;
