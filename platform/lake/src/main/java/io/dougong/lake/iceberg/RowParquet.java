package io.dougong.lake.iceberg;

import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.parquet.ParquetValueReader;
import org.apache.iceberg.parquet.ParquetValueReaders;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.parquet.ParquetValueWriters;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Rows to and from Parquet columns without a record in between: a row's values are already what Iceberg holds (timestamps as
 * microseconds).
 */
final class RowParquet {

    private RowParquet() {}

    static ParquetValueWriter<Row> writer(org.apache.iceberg.Schema table, MessageType file) {
        List<ParquetValueWriter<?>> writers = new ArrayList<>();
        for (Types.NestedField field : table.columns()) {
            Type type = file.getType(field.name());
            ColumnDescriptor column = file.getColumnDescription(new String[] {field.name()});
            ParquetValueWriter<?> writer = writer(field, column);
            writers.add(
                    type.isRepetition(Type.Repetition.OPTIONAL)
                            ? ParquetValueWriters.option(type, column.getMaxDefinitionLevel(), writer)
                            : writer);
        }
        return new RowWriter(writers);
    }

    private static ParquetValueWriter<?> writer(Types.NestedField field, ColumnDescriptor column) {
        return switch (TableSchemas.type(field.type())) {
            case STRING -> ParquetValueWriters.strings(column);
            case INTEGER, TIMESTAMP -> ParquetValueWriters.longs(column);
            case NUMBER -> ParquetValueWriters.doubles(column);
            case BOOLEAN -> ParquetValueWriters.booleans(column);
        };
    }

    /** Reads the wanted fields by id; one that the file lacks is null. */
    static ParquetValueReader<Row> reader(org.apache.iceberg.Schema wanted, Schema rows, MessageType file) {
        List<ParquetValueReader<?>> readers = new ArrayList<>();
        for (Types.NestedField field : wanted.columns()) {
            readers.add(reader(field, file));
        }
        return new RowReader(readers, rows);
    }

    private static ParquetValueReader<?> reader(Types.NestedField field, MessageType file) {
        for (Type type : file.getFields()) {
            if (type.getId() != null && type.getId().intValue() == field.fieldId()) {
                ColumnDescriptor column = file.getColumnDescription(new String[] {type.getName()});
                return ParquetValueReaders.option(type, column.getMaxDefinitionLevel() - 1, reader(field, column));
            }
        }
        return ParquetValueReaders.nulls();
    }

    /** Files of other writers may hold the narrower types that Iceberg promotes. */
    private static ParquetValueReader<?> reader(Types.NestedField field, ColumnDescriptor column) {
        PrimitiveType.PrimitiveTypeName stored = column.getPrimitiveType().getPrimitiveTypeName();
        return switch (TableSchemas.type(field.type())) {
            case STRING -> ParquetValueReaders.strings(column);
            case INTEGER ->
                stored == PrimitiveType.PrimitiveTypeName.INT32
                        ? ParquetValueReaders.intsAsLongs(column)
                        : ParquetValueReaders.unboxed(column);
            case NUMBER ->
                stored == PrimitiveType.PrimitiveTypeName.FLOAT
                        ? ParquetValueReaders.floatsAsDoubles(column)
                        : ParquetValueReaders.unboxed(column);
            case TIMESTAMP, BOOLEAN -> ParquetValueReaders.unboxed(column);
        };
    }

    private static final class RowWriter extends ParquetValueWriters.StructWriter<Row> {

        RowWriter(List<ParquetValueWriter<?>> writers) {
            super(writers);
        }

        @Override
        protected @Nullable Object get(Row row, int place) {
            return row.get(place);
        }
    }

    private static final class RowReader extends ParquetValueReaders.StructReader<Row, @Nullable Object[]> {

        private final Schema schema;

        RowReader(List<ParquetValueReader<?>> readers, Schema schema) {
            super(readers);
            this.schema = schema;
        }

        @Override
        protected @Nullable Object[] newStructData(@Nullable Row reuse) {
            return new @Nullable Object[schema.size()];
        }

        @Override
        protected @Nullable Object getField(@Nullable Object[] values, int place) {
            return values[place];
        }

        @Override
        protected Row buildStruct(@Nullable Object[] values) {
            return Row.of(schema, values);
        }

        @Override
        protected void set(@Nullable Object[] values, int place, @Nullable Object value) {
            values[place] = value;
        }
    }

    /** A row as Iceberg's partition transforms want it. */
    static final class RowStruct implements StructLike {

        private @Nullable Row row;

        RowStruct wrap(Row next) {
            row = next;
            return this;
        }

        @Override
        public int size() {
            return row == null ? 0 : row.schema().size();
        }

        @Override
        public <T> @Nullable T get(int place, Class<T> type) {
            return row == null ? null : type.cast(row.get(place));
        }

        @Override
        public <T> void set(int place, T value) {
            throw new UnsupportedOperationException("rows do not change");
        }
    }
}
