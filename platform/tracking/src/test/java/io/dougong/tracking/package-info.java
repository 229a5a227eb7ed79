/** Tests of tracking. */
@NullMarked
package io.dougong.tracking;

import org.jspecify.annotations.NullMarked;
