package io.dougong.serving;

import io.dougong.kernel.Row;
import org.jspecify.annotations.Nullable;

/**
 * A question as it comes in.
 *
 * @param id id of the decision to be; the same id is answered once
 * @param key what it is about; routing sticks to it
 * @param row the asking event, with its derived fields
 * @param askedMicros event time: features are read as of then
 */
public record Ask(String id, String key, @Nullable String subject, Row row, long askedMicros) {}
