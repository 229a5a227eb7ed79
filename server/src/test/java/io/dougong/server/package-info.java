/** Tests of the server: every request goes over the wire to a real node in a temporary home. */
@NullMarked
package io.dougong.server;

import org.jspecify.annotations.NullMarked;
