package io.dougong.lake.duckdb;

import io.dougong.kernel.FieldType;
import io.dougong.kernel.Times;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** DuckDB's types and values as the product's. */
final class Values {

    private Values() {}

    static String sqlType(FieldType type) {
        return switch (type) {
            case STRING -> "VARCHAR";
            case INTEGER -> "BIGINT";
            case NUMBER -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case TIMESTAMP -> "TIMESTAMPTZ";
        };
    }

    static FieldType type(String duckDbType) {
        String type = duckDbType.toUpperCase(Locale.ROOT);
        if (type.endsWith("]") || type.contains("(") && !type.startsWith("DECIMAL")) {
            return FieldType.STRING;
        }
        return switch (type.startsWith("DECIMAL") ? "DECIMAL" : type) {
            case "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "HUGEINT",
                    "UTINYINT",
                    "USMALLINT",
                    "UINTEGER",
                    "UBIGINT",
                    "UHUGEINT" -> FieldType.INTEGER;
            case "DOUBLE", "FLOAT", "DECIMAL" -> FieldType.NUMBER;
            case "BOOLEAN" -> FieldType.BOOLEAN;
            case "DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" ->
                FieldType.TIMESTAMP;
            default -> FieldType.STRING;
        };
    }

    /** @throws ArithmeticException if a whole number needs more than 64 bits */
    static @Nullable Object value(ResultSet results, int column, FieldType type) throws SQLException {
        return switch (type) {
            case INTEGER -> integer(results, column);
            case NUMBER -> number(results, column);
            case BOOLEAN -> {
                boolean value = results.getBoolean(column);
                yield results.wasNull() ? null : value;
            }
            case TIMESTAMP -> micros(results.getObject(column));
            case STRING -> results.getString(column);
        };
    }

    private static @Nullable Long integer(ResultSet results, int column) throws SQLException {
        return switch (results.getObject(column)) {
            case null -> null;
            case BigInteger big -> big.longValueExact();
            case BigDecimal big -> big.longValueExact();
            case Number number -> number.longValue();
            default -> throw new SQLException("not a whole number");
        };
    }

    private static @Nullable Double number(ResultSet results, int column) throws SQLException {
        return results.getObject(column) instanceof Number number ? number.doubleValue() : null;
    }

    private static @Nullable Long micros(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case OffsetDateTime time -> Times.micros(time.toInstant());
            case LocalDateTime time -> Times.micros(time.toInstant(ZoneOffset.UTC));
            case LocalDate date -> Times.micros(date.atStartOfDay().toInstant(ZoneOffset.UTC));
            case Date date -> Times.micros(date.toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC));
            case Timestamp time -> Times.micros(time.toLocalDateTime().toInstant(ZoneOffset.UTC));
            case Instant instant -> Times.micros(instant);
            default -> throw new SQLException("not a timestamp: " + value.getClass());
        };
    }
}
