/** Versioned tables: exactly-once appends that carry offsets, schema evolution, time travel, read-only SQL, and import of foreign files. */
@NullMarked
package io.dougong.lake;

import org.jspecify.annotations.NullMarked;
