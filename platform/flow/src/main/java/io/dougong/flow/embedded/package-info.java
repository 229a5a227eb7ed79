/** The workflow journal in one SQLite file. */
@NullMarked
package io.dougong.flow.embedded;

import org.jspecify.annotations.NullMarked;
