/** The console: pages for people, rendered here and nowhere else, over what a node tells. */
@NullMarked
package io.dougong.server.console;

import org.jspecify.annotations.NullMarked;
