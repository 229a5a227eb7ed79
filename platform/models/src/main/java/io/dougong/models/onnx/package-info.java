/** Models made elsewhere, in ONNX, run by ONNX Runtime. */
@NullMarked
package io.dougong.models.onnx;

import org.jspecify.annotations.NullMarked;
