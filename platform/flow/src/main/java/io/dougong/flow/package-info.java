/**
 * Durable workflows: steps that run at least once, outcomes that are recorded exactly once, and runs that finish or visibly fail
 * whatever happens to the process in between.
 */
@NullMarked
package io.dougong.flow;

import org.jspecify.annotations.NullMarked;
