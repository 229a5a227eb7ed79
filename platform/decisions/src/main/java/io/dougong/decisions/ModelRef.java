package io.dougong.decisions;

import io.dougong.kernel.Digest;

/**
 * The model that answered.
 *
 * @param digest SHA-256 of the artifact: the identity of the version
 * @param runtime what computed it, e.g. {@code jvm} (exact everywhere) or {@code onnxruntime-1.29.0/avx512}
 */
public record ModelRef(String name, int version, Digest digest, Route route, String runtime) {}
