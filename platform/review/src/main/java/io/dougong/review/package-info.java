/** Review: the desk where decisions that the platform would not make alone wait for a person. */
@NullMarked
package io.dougong.review;

import org.jspecify.annotations.NullMarked;
