/**
 * The Decision: what every AI capability answers with, how it is written down, signed, found again and replayed.
 *
 * <p>This room knows no log, no model and no feature store. It says what they must leave behind.
 */
@NullMarked
package io.dougong.decisions;

import org.jspecify.annotations.NullMarked;
