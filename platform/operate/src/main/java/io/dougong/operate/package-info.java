/**
 * Operate: is what was decided yesterday still good today, and what is to be done if not. Monitors over windows of event time, with
 * false-alarm rates that are controlled, and healing as a pure state machine. No clock, no store, no thread.
 */
@NullMarked
package io.dougong.operate;

import org.jspecify.annotations.NullMarked;
