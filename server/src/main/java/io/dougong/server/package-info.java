/** The server: HTTP over a running node. The only room that knows a framework. */
@NullMarked
package io.dougong.server;

import org.jspecify.annotations.NullMarked;
