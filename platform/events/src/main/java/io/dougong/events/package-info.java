/**
 * The durable event log, the one place where things become true: append, read, subscribe, replay, dead letters. An append that
 * completed is on disk; everything else in the product is derived from it and can be rebuilt.
 */
@NullMarked
package io.dougong.events;

import org.jspecify.annotations.NullMarked;
