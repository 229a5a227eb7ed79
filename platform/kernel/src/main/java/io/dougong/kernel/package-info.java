/**
 * The ground floor: what every room stands on and nothing that knows a room: errors, schema and rows, digests, ids, JSON,
 * the home folder and the metadata database.
 */
@NullMarked
package io.dougong.kernel;

import org.jspecify.annotations.NullMarked;
