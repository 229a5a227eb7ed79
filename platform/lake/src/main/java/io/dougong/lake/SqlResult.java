package io.dougong.lake;

import io.dougong.kernel.FieldType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a query. Whole numbers come as Long, other numbers as Double, timestamps and dates as microseconds (dates at
 * midnight UTC), everything else (lists, structs, blobs) as its text.
 *
 * @param truncated whether there were more rows than the limits allow
 */
public record SqlResult(List<SqlColumn> columns, List<List<@Nullable Object>> rows, boolean truncated) {

    public record SqlColumn(String name, FieldType type) {}
}
