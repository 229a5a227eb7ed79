/** Tracking: what was tried and what came of it: experiments, runs, their figures and files, and the models registered from them. */
@NullMarked
package io.dougong.tracking;

import org.jspecify.annotations.NullMarked;
