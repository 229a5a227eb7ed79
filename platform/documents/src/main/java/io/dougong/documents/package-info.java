/**
 * Documents that people write: YAML whose values know where they stand, shapes that check it and publish a JSON Schema, and mistakes
 * told by line and column with the nearest name.
 */
@NullMarked
package io.dougong.documents;

import org.jspecify.annotations.NullMarked;
