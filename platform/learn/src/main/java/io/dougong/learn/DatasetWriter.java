package io.dougong.learn;

import io.dougong.learn.Dataset.Chunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Grows a {@link Dataset}: rows come in asking order, labels later and in any order; rows that never got one are squeezed out at
 * the end. Chunks of at most 256 KiB keep the heap free of huge arrays.
 */
final class DatasetWriter {

    static final int MAX_CATEGORIES = 1 << 16;
    private static final int MAX_CLASSES = 1_000;
    private static final int CHUNK_FLOATS = 1 << 16;
    private static final float UNKNOWN = Float.NaN;

    private final List<Column> columns;
    private final int features;
    private final boolean keepKeys;
    private final long mostRows;
    private final int shift;
    private final List<Chunk> chunks = new ArrayList<>();
    private final List<Map<String, Float>> codes = new ArrayList<>();
    private final Map<String, Float> classes = new LinkedHashMap<>();
    private final List<String> keys = new ArrayList<>();
    private int rows;

    DatasetWriter(List<Column> columns, boolean keepKeys, long mostRows) {
        this(columns, columns.size(), keepKeys, mostRows);
    }

    /** @param features how many of the columns are features; the others are kept aside */
    DatasetWriter(List<Column> columns, int features, boolean keepKeys, long mostRows) {
        this.columns = columns;
        this.features = features;
        this.keepKeys = keepKeys;
        this.mostRows = Math.min(mostRows, Integer.MAX_VALUE - 1);
        this.shift = 31 - Integer.numberOfLeadingZeros(Math.max(1, CHUNK_FLOATS / Math.max(1, columns.size())));
        columns.forEach(_ -> codes.add(new HashMap<>()));
    }

    int rows() {
        return rows;
    }

    /** @param values one per column: a number, a boolean, text for a categorical column, or null */
    int add(long askedMicros, String key, @Nullable Object[] values) {
        if (rows >= mostRows) {
            throw LearnProblem.tooManyRows(mostRows);
        }
        if (within(rows) == 0) {
            chunks.add(emptyChunk());
        }
        Chunk chunk = chunk(rows);
        int at = within(rows) * columns.size();
        for (int column = 0; column < values.length; column++) {
            chunk.values()[at + column] = encode(column, values[column]);
        }
        chunk.asked()[within(rows)] = askedMicros;
        chunk.labels()[within(rows)] = UNKNOWN;
        if (keepKeys) {
            keys.add(key);
        }
        return rows++;
    }

    /** Later labels of the same row change nothing: the first to become known is the one an observer acts on. */
    void label(int row, Object truth, long knownMicros) {
        Chunk chunk = chunk(row);
        if (unknown(row)) {
            chunk.labels()[within(row)] = encode(truth);
            chunk.known()[within(row)] = knownMicros;
        }
    }

    private boolean unknown(int row) {
        return Float.isNaN(chunk(row).labels()[within(row)]);
    }

    private float encode(Object truth) {
        return switch (truth) {
            case Boolean positive -> positive ? 1f : 0f;
            case Number number -> number.floatValue();
            case String name -> classOf(name);
            default -> throw new IllegalArgumentException("A label cannot be a " + truth.getClass());
        };
    }

    private float classOf(String name) {
        if (!classes.containsKey(name) && classes.size() >= MAX_CLASSES) {
            throw LearnProblem.tooManyClasses(MAX_CLASSES);
        }
        return classes.computeIfAbsent(name, _ -> (float) classes.size());
    }

    private Chunk emptyChunk() {
        int size = 1 << shift;
        return new Chunk(new float[size * columns.size()], new long[size], new long[size], new float[size]);
    }

    private float encode(int column, @Nullable Object value) {
        return switch (value) {
            case null -> Float.NaN;
            case Number number -> number.floatValue();
            case Boolean truth -> truth ? 1f : 0f;
            case String text -> code(column, text);
            default -> throw new IllegalArgumentException("A feature cannot be a " + value.getClass());
        };
    }

    private float code(int column, String text) {
        Map<String, Float> known = codes.get(column);
        Float code = known.get(text);
        if (code == null) {
            if (known.size() >= MAX_CATEGORIES) {
                throw LearnProblem.tooManyCategories(columns.get(column).name(), MAX_CATEGORIES);
            }
            code = (float) known.size();
            known.put(text, code);
        }
        return code;
    }

    /** The labelled rows, in asking order. The writer must not be used afterwards. */
    Dataset finish(Dataset.Counts counts, Map<String, Long> snapshots) {
        return finish(counts, snapshots, false);
    }

    private record Unlabelled(float[] values, long askedMicros, String key) {}

    /** @param keepUnlabelled whether rows without a label follow the labelled ones */
    Dataset finish(Dataset.Counts counts, Map<String, Long> snapshots, boolean keepUnlabelled) {
        List<Unlabelled> aside = keepUnlabelled ? unlabelled() : List.of();
        int kept = squeeze();
        for (int i = 0; i < aside.size(); i++) {
            put(aside.get(i), kept + i);
        }
        int all = kept + aside.size();
        int chunksKept = (all + (1 << shift) - 1) >>> shift;
        chunks.subList(chunksKept, chunks.size()).clear();
        List<String> keysKept = keepKeys ? keys.subList(0, all) : List.of();
        return new Dataset(
                columns.subList(0, features),
                categories(),
                chunks,
                List.copyOf(classes.keySet()),
                keysKept,
                shift,
                kept,
                aside.size(),
                columns.size(),
                counts,
                snapshots);
    }

    private List<Unlabelled> unlabelled() {
        List<Unlabelled> found = new ArrayList<>();
        int width = columns.size();
        for (int row = 0; row < rows; row++) {
            Chunk chunk = chunk(row);
            if (unknown(row)) {
                float[] values = Arrays.copyOfRange(chunk.values(), within(row) * width, (within(row) + 1) * width);
                found.add(new Unlabelled(values, chunk.asked()[within(row)], keepKeys ? keys.get(row) : ""));
            }
        }
        return found;
    }

    private void put(Unlabelled from, int to) {
        Chunk target = chunk(to);
        System.arraycopy(from.values(), 0, target.values(), within(to) * columns.size(), columns.size());
        target.asked()[within(to)] = from.askedMicros();
        target.known()[within(to)] = Long.MAX_VALUE;
        target.labels()[within(to)] = UNKNOWN;
        if (keepKeys) {
            keys.set(to, from.key());
        }
    }

    private int squeeze() {
        int kept = 0;
        for (int row = 0; row < rows; row++) {
            if (!unknown(row)) {
                move(row, kept++);
            }
        }
        return kept;
    }

    private void move(int from, int to) {
        if (from == to) {
            return;
        }
        Chunk source = chunk(from);
        Chunk target = chunk(to);
        int width = columns.size();
        System.arraycopy(source.values(), within(from) * width, target.values(), within(to) * width, width);
        target.asked()[within(to)] = source.asked()[within(from)];
        target.known()[within(to)] = source.known()[within(from)];
        target.labels()[within(to)] = source.labels()[within(from)];
        if (keepKeys) {
            keys.set(to, keys.get(from));
        }
    }

    private List<List<String>> categories() {
        List<List<String>> all = new ArrayList<>();
        for (Map<String, Float> known : codes) {
            @Nullable String[] values = new @Nullable String[known.size()];
            known.forEach((text, code) -> values[code.intValue()] = text);
            all.add(textsOf(values));
        }
        return all;
    }

    private static List<String> textsOf(@Nullable String[] values) {
        List<String> texts = new ArrayList<>();
        for (String value : values) {
            if (value != null) {
                texts.add(value);
            }
        }
        return texts;
    }

    private Chunk chunk(int row) {
        return chunks.get(row >>> shift);
    }

    private int within(int row) {
        return row & (1 << shift) - 1;
    }
}
