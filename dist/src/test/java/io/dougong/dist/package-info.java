/** Tests of what the build puts together: the real command against a real server in its own process. */
@NullMarked
package io.dougong.dist;

import org.jspecify.annotations.NullMarked;
