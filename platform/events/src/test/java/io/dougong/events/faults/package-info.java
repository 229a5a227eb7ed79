/** Faults for tests of anything that keeps files: a process killed at once, a power cut, a full disk, flipped bits. */
@NullMarked
package io.dougong.events.faults;

import org.jspecify.annotations.NullMarked;
