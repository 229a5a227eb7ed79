@NullMarked
package io.dougong.flow.pipeline;

import org.jspecify.annotations.NullMarked;
