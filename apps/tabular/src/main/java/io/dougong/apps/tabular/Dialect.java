package io.dougong.apps.tabular;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a delimited file is written, told from its beginning: the delimiter is the one that splits the lines into the most fields of
 * equal number; a header is a first row of distinct, non-empty texts none of which is a number.
 */
record Dialect(char delimiter, char quote, boolean header, Charset charset) {

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int LONGEST_CHARACTER = 4;
    private static final char TAB = '\t';
    private static final Charset WESTERN = Charset.forName("windows-1252");

    /**
     * @param start the first bytes of the file
     * @param whole whether they are all of it
     */
    static Dialect of(byte[] start, boolean whole) {
        Charset charset = charset(start, whole);
        String text = stripped(new String(start, charset));
        if (!whole) {
            int end = text.lastIndexOf('\n');
            text = end < 0 ? text : text.substring(0, end);
        }
        char best = ',';
        char quote = '"';
        double mostSplit = 0;
        for (char each : DELIMITERS) {
            double split = split(records(text, each, '"'));
            if (split > mostSplit) {
                best = each;
                mostSplit = split;
            }
        }
        if (!text.contains("\"") && quotedBy(text, best)) {
            quote = '\'';
        }
        return new Dialect(best, quote, hasHeader(records(text, best, quote)), charset);
    }

    private static boolean quotedBy(String text, char delimiter) {
        return text.contains(delimiter + "'") && text.contains("'" + delimiter);
    }

    private static String stripped(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** UTF-8 if it is; what follows a cut in the middle of a character does not count. */
    private static Charset charset(byte[] start, boolean whole) {
        for (int cut = 0; cut < (whole ? 1 : LONGEST_CHARACTER); cut++) {
            try {
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(start, 0, Math.max(0, start.length - cut)));
                return StandardCharsets.UTF_8;
            } catch (CharacterCodingException _) {
                continue;
            }
        }
        return WESTERN;
    }

    /** Complete records; reading stops at the first that is not well-formed. */
    private static List<List<String>> records(String text, char delimiter, char quote) {
        List<List<String>> records = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(delimiter)
                .quoteCharacter(quote)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(text)) {
            for (CsvRecord found : reader) {
                records.add(found.getFields());
            }
        } catch (CsvParseException | java.io.IOException | IllegalArgumentException _) {
            return records;
        }
        return records;
    }

    /** Fields per record, less where records disagree. */
    private static double split(List<List<String>> records) {
        if (records.isEmpty()) {
            return 0;
        }
        int fields = records.getFirst().size();
        long agreeing = records.stream().filter(each -> each.size() == fields).count();
        double share = (double) agreeing / records.size();
        return fields < 2 ? share / 2 : fields * share * share * share;
    }

    private static boolean hasHeader(List<List<String>> records) {
        if (records.isEmpty()) {
            return true;
        }
        Set<String> names = new HashSet<>();
        for (String name : records.getFirst()) {
            if (name.isBlank() || Values.number(name.strip()) != null || !names.add(name)) {
                return false;
            }
        }
        return true;
    }

    static String shown(char delimiter) {
        return delimiter == TAB ? "tab" : String.valueOf(delimiter);
    }
}
