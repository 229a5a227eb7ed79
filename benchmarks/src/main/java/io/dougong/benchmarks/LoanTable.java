package io.dougong.benchmarks;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A CSV file as numbers: a column of numbers as it is, any other by the place of its value among the sorted ones; missing NaN.
 *
 * @param categorical places of the columns that hold codes
 * @param byLine line of the file to its row
 */
record LoanTable(List<String> columns, List<Integer> categorical, Map<Integer, double[]> byLine) {

    private static final Set<String> MISSING = Set.of("", "NA");

    static LoanTable read(Path file, Set<String> left) throws IOException {
        List<NamedCsvRecord> records;
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            records = reader.stream().toList();
        }
        List<String> columns = records.getFirst().getHeader().stream()
                .filter(column -> !left.contains(column))
                .toList();
        Map<Integer, double[]> byLine = new HashMap<>();
        records.forEach(each -> byLine.put((int) each.getStartingLineNumber(), new double[columns.size()]));
        List<Integer> categorical = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            fill(records, columns, column, byLine, categorical);
        }
        return new LoanTable(columns, categorical, byLine);
    }

    private static void fill(
            List<NamedCsvRecord> records,
            List<String> columns,
            int column,
            Map<Integer, double[]> byLine,
            List<Integer> categorical) {
        String name = columns.get(column);
        List<String> texts = new ArrayList<>(
                new TreeSet<>(records.stream().map(each -> each.getField(name)).toList()));
        texts.removeAll(MISSING);
        boolean numbers = texts.stream().allMatch(LoanTable::isNumber);
        if (!numbers) {
            categorical.add(column);
        }
        for (NamedCsvRecord each : records) {
            String text = each.getField(name);
            double value = numbers
                    ? Double.parseDouble(text.isEmpty() || text.equals("NA") ? "NaN" : text)
                    : texts.indexOf(text);
            double[] row = byLine.getOrDefault((int) each.getStartingLineNumber(), new double[columns.size()]);
            row[column] = value < 0 && !numbers ? Double.NaN : value;
        }
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?");
    }
}
