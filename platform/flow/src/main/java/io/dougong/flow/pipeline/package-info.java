/** Pipeline files in the style of GitLab CI, run as workflows on this machine. */
@NullMarked
package io.dougong.flow.pipeline;

import org.jspecify.annotations.NullMarked;
