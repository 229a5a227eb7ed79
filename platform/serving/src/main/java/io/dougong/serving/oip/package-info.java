/** Tensors in, tensors out: the Open Inference Protocol, version 2, without its transport. */
@NullMarked
package io.dougong.serving.oip;

import org.jspecify.annotations.NullMarked;
