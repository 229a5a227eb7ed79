/**
 * The manifest: what an application is, read from one file or written in code, checked as a whole, and planned against what runs.
 * {@link io.dougong.manifest.Manifest} reads and writes, {@link io.dougong.manifest.Application} is the result,
 * {@link io.dougong.manifest.Plan} says what applying it would do.
 */
@NullMarked
package io.dougong.manifest;

import org.jspecify.annotations.NullMarked;
