@NullMarked
package io.dougong.flow;

import org.jspecify.annotations.NullMarked;
