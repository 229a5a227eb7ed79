/** One running node: opens a home folder, wires the rooms, and runs applications. */
@NullMarked
package io.dougong.node;

import org.jspecify.annotations.NullMarked;
