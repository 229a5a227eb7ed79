package io.dougong.apps.tabular;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A CSV or TSV file, also a gzipped one; read as a stream, so its size does not matter. */
final class DelimitedTable implements Table {

    private static final int SNIFFED_BYTES = 1 << 18;
    private static final int LONGEST_FIELD = 1 << 20;

    private final Path file;
    private final Dialect dialect;
    private final List<String> header;

    private DelimitedTable(Path file, Dialect dialect, List<String> header) {
        this.file = file;
        this.dialect = dialect;
        this.header = header;
    }

    /**
     * @param delimiter instead of the one found, or null
     * @param charset instead of the one found, or null
     */
    static DelimitedTable open(Path file, @Nullable Character delimiter, @Nullable Charset charset) {
        Dialect found;
        try (InputStream in = stream(file)) {
            byte[] start = in.readNBytes(SNIFFED_BYTES);
            if (start.length == 0) {
                throw TableProblem.empty(file);
            }
            found = Dialect.of(start, start.length < SNIFFED_BYTES);
        } catch (IOException unreadable) {
            throw TableProblem.unreadable(file, unreadable);
        }
        Dialect dialect = new Dialect(
                delimiter == null ? found.delimiter() : delimiter,
                found.quote(),
                found.header(),
                charset == null ? found.charset() : charset);
        return new DelimitedTable(file, dialect, header(file, dialect));
    }

    private static InputStream stream(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private static List<String> header(Path file, Dialect dialect) {
        List<String> first = new ArrayList<>();
        each(file, dialect, found -> {
            first.addAll(found.getFields());
            return false;
        });
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < first.size(); i++) {
            String name = dialect.header() ? first.get(i).strip() : "column_" + (i + 1);
            names.add(name.isEmpty() ? "column_" + (i + 1) : name);
            if (!seen.add(names.getLast())) {
                throw TableProblem.duplicateColumn(file, name);
            }
        }
        return List.copyOf(names);
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public String described() {
        return "delimiter '" + Dialect.shown(dialect.delimiter()) + "', "
                + (dialect.header() ? "with header" : "no header: columns are named column_1, column_2, …") + ", "
                + dialect.charset();
    }

    @Override
    public void read(Sink sink) {
        @Nullable String[] values = new @Nullable String[header.size()];
        boolean[] skip = {dialect.header()};
        each(file, dialect, found -> {
            if (skip[0]) {
                skip[0] = false;
                return true;
            }
            if (found.getFieldCount() != values.length) {
                throw TableProblem.ragged(
                        file, found.getStartingLineNumber(), found.getFieldCount(), values.length, dialect.delimiter());
            }
            for (int i = 0; i < values.length; i++) {
                values[i] = Values.present(found.getField(i));
            }
            sink.row(found.getStartingLineNumber(), values);
            return true;
        });
    }

    /** Takes a record and says whether to go on. */
    private interface Records {
        boolean take(CsvRecord found);
    }

    private static void each(Path file, Dialect dialect, Records records) {
        long line = 1;
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(dialect.delimiter())
                .quoteCharacter(dialect.quote())
                .allowExtraFields(true)
                .allowMissingFields(true)
                .skipEmptyLines(true)
                .detectBomHeader(false)
                .maxBufferSize(LONGEST_FIELD)
                .ofCsvRecord(decoded(file, dialect.charset()))) {
            Iterator<CsvRecord> rest = reader.iterator();
            while (rest.hasNext()) {
                CsvRecord found = rest.next();
                line = found.getStartingLineNumber();
                if (!records.take(found)) {
                    return;
                }
            }
        } catch (CsvParseException malformed) {
            throw refused(file, line, dialect, malformed);
        } catch (UncheckedIOException broken) {
            throw refused(file, line, dialect, broken);
        } catch (CharacterCodingException _) {
            throw TableProblem.notText(file, line, dialect.charset().toString());
        } catch (IOException unreadable) {
            throw TableProblem.unreadable(file, unreadable);
        }
    }

    private static TableProblem refused(Path file, long line, Dialect dialect, RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return TableProblem.notText(file, line + 1, dialect.charset().toString());
            }
        }
        Throwable cause = failure.getCause();
        String why = cause == null ? String.valueOf(failure.getMessage()) : String.valueOf(cause.getMessage());
        return TableProblem.malformed(file, line + 1, why, "Maybe a quote is not closed, or another one is meant.");
    }

    private static java.io.Reader decoded(Path file, Charset charset) throws IOException {
        java.io.Reader reader = new java.io.BufferedReader(
                new InputStreamReader(
                        stream(file),
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                1 << 16);
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }
}
