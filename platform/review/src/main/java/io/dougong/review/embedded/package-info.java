/** The desk's queue in an SQLite file of its own. */
@NullMarked
package io.dougong.review.embedded;

import org.jspecify.annotations.NullMarked;
