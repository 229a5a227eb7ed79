/**
 * The event log inside the process, kept in RocksDB. All its reading methods call native code that may wait for the disk: use
 * platform threads.
 */
@NullMarked
package io.dougong.events.embedded;

import org.jspecify.annotations.NullMarked;
