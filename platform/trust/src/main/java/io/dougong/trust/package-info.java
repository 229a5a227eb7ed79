/**
 * Trust: who may do what, what may reach a model, how a person's values are kept and erased, and the chain that shows that
 * nothing recorded was changed.
 *
 * <p>What is kept on disk, and how, is in {@code io.dougong.trust.embedded}.
 */
@NullMarked
package io.dougong.trust;

import org.jspecify.annotations.NullMarked;
