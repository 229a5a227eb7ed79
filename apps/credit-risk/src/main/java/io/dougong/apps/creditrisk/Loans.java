package io.dougong.apps.creditrisk;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Reads a book of loans. The tables hold no dates: the rows are shuffled by seed, and then one arrives every ten minutes. So a split by time is a
 * random one, and nothing here can show how loans change over time.
 */
final class Loans {

    static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    static final Duration BETWEEN = Duration.ofMinutes(10);

    private Loans() {}

    /** @param schema of the stream that asks; columns that are no field are left out */
    static List<Loan> read(Book book, Schema schema, long seed) {
        List<NamedCsvRecord> rows = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(book.csv())) {
            reader.forEach(rows::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        List<Integer> order = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            order.add(row);
        }
        Collections.shuffle(order, new Random(seed));
        List<Loan> loans = new ArrayList<>(rows.size());
        for (int row : order) {
            Instant asked = START.plus(BETWEEN.multipliedBy(loans.size()));
            NamedCsvRecord record = rows.get(row);
            loans.add(new Loan(
                    "L" + (row + 1),
                    asked,
                    values(book, schema, record),
                    book.bad(record.getField(book.labelColumn()))));
        }
        return loans;
    }

    private static Map<String, Object> values(Book book, Schema schema, NamedCsvRecord record) {
        Map<String, Object> values = new TreeMap<>();
        for (String column : record.getHeader()) {
            String field = book.field(column);
            String text = record.getField(column);
            if (schema.has(field) && !text.isEmpty()) {
                values.put(field, value(schema.field(field), text));
            }
        }
        return values;
    }

    private static Object value(Field field, String text) {
        if (field.type() == FieldType.STRING) {
            return text;
        }
        double number = Double.parseDouble(text);
        return field.type() == FieldType.INTEGER ? (Object) (long) number : (Object) number;
    }
}
