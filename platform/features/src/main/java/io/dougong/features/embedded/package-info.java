/** The feature store in this process: state in memory, checkpointed to RocksDB. */
@NullMarked
package io.dougong.features.embedded;

import org.jspecify.annotations.NullMarked;
