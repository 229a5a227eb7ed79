package io.dougong.documents;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads YAML text into a {@link Node} tree: nothing is constructed but maps, lists, texts, numbers and booleans, read as in the
 * core schema of YAML 1.2 (so {@code on} and {@code no} are texts), and size, depth, aliases and node count are bounded.
 */
public final class YamlTree {

    public static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_ALIASES = 100;
    private static final int MAX_NODES = 20_000;

    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");

    private final Kind kind;
    private final Faults faults;
    private int nodes;

    /**
     * What is read, for messages.
     *
     * @param name e.g. {@code manifest}
     * @param start how one begins, for an empty file
     */
    public record Kind(String name, String start) {}

    private YamlTree(Kind kind, Faults faults) {
        this.kind = kind;
        this.faults = faults;
    }

    /** The tree, or nothing if the text is no YAML; mistakes go to {@code faults}. */
    public static Optional<Node> read(byte[] yaml, Kind kind, Faults faults) {
        YamlTree reading = new YamlTree(kind, faults);
        return reading.decode(yaml).flatMap(reading::compose).map(root -> reading.node(root, "", 0));
    }

    private Optional<String> decode(byte[] yaml) {
        if (yaml.length > MAX_BYTES) {
            faults.add(
                    Position.START,
                    "",
                    "The " + kind.name() + " has " + yaml.length + " bytes, more than " + MAX_BYTES + ".",
                    "");
            return Optional.empty();
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(yaml.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(yaml), text, true);
        String read = text.flip().toString();
        if (result.isError()) {
            faults.add(end(read), "", "The bytes here are not UTF-8.", "Save the file as UTF-8.");
            return Optional.empty();
        }
        return Optional.of(read.startsWith("\uFEFF") ? read.substring(1) : read);
    }

    private Optional<org.yaml.snakeyaml.nodes.Node> compose(String text) {
        try {
            var root = Optional.ofNullable(
                    new Yaml(new SafeConstructor(limits())).compose(new java.io.StringReader(text)));
            if (root.isEmpty()) {
                faults.add(Position.START, "", "The " + kind.name() + " is empty.", kind.start());
            }
            return root;
        } catch (MarkedYAMLException malformed) {
            Mark mark = malformed.getProblemMark();
            faults.add(
                    mark == null ? Position.START : position(mark),
                    "",
                    "This is not YAML: " + malformed.getProblem() + ".",
                    "");
        } catch (ReaderException unprintable) {
            int place = text.offsetByCodePoints(
                    0, Math.min(unprintable.getPosition(), text.codePointCount(0, text.length())));
            String shown = String.format("U+%04X", unprintable.getCodePoint());
            faults.add(end(text.substring(0, place)), "", "The character " + shown + " is not allowed in YAML.", "");
        } catch (RuntimeException refused) {
            faults.add(Position.START, "", "This is not readable as YAML: " + refused.getMessage(), "");
        }
        return Optional.empty();
    }

    private static LoaderOptions limits() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setAllowRecursiveKeys(false);
        return options;
    }

    private Node node(org.yaml.snakeyaml.nodes.Node yaml, String path, int depth) {
        Position at = position(yaml.getStartMark());
        if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            return excess(at, path);
        }
        checkTag(yaml, at, path);
        return switch (yaml) {
            case ScalarNode scalar -> new Node.Value(at, path, value(scalar));
            case SequenceNode sequence -> items(sequence, at, path, depth);
            case MappingNode mapping -> entries(mapping, at, path, depth);
            default -> throw new IllegalStateException("A YAML node is a scalar, a sequence or a mapping");
        };
    }

    /** One fault is enough, however many nodes follow. */
    private Node excess(Position at, String path) {
        if (nodes <= MAX_NODES + 1) {
            nodes = MAX_NODES + 1;
            faults.add(
                    at,
                    path,
                    "The document is nested deeper than " + MAX_DEPTH + " or holds more than " + MAX_NODES + " values.",
                    "Maybe an alias points into itself?");
        }
        return new Node.Value(at, path, null);
    }

    private Node items(SequenceNode sequence, Position at, String path, int depth) {
        List<Node> items = new ArrayList<>();
        for (var item : sequence.getValue()) {
            if (nodes > MAX_NODES) {
                break;
            }
            items.add(node(item, Node.item(path, items.size()), depth + 1));
        }
        return new Node.Items(at, path, items);
    }

    private Node entries(MappingNode mapping, Position at, String path, int depth) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (nodes > MAX_NODES) {
                break;
            }
            entry(tuple, entries, path, depth);
        }
        return new Node.Entries(at, path, entries);
    }

    private void entry(NodeTuple tuple, Map<String, Node.Entry> entries, String path, int depth) {
        Position keyAt = position(tuple.getKeyNode().getStartMark());
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            faults.add(keyAt, path, "A key must be a name, not a list or a map.", "");
            return;
        }
        String name = key.getValue();
        String child = Node.child(path, name);
        if (entries.containsKey(name)) {
            faults.add(keyAt, child, "'" + name + "' stands here a second time.", "Keep one of the two.");
            return;
        }
        entries.put(name, new Node.Entry(keyAt, node(tuple.getValueNode(), child, depth + 1)));
    }

    private void checkTag(org.yaml.snakeyaml.nodes.Node yaml, Position at, String path) {
        if (!yaml.getTag().startsWith(Tag.PREFIX) || yaml.getTag().equals(Tag.BINARY)) {
            faults.add(
                    at,
                    path,
                    "The tag " + yaml.getTag().getValue() + " is not part of a " + kind.name() + ".",
                    "Leave the tag out.");
        }
    }

    private static @Nullable Object value(ScalarNode scalar) {
        String text = scalar.getValue();
        return scalar.isPlain() ? plain(text) : text;
    }

    private static @Nullable Object plain(String text) {
        if (NOTHING.contains(text)) {
            return null;
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return TRUE.contains(text);
        }
        if (WHOLE.matcher(text).matches()) {
            return Long.valueOf(text);
        }
        return DECIMAL.matcher(text).matches() && Double.isFinite(Double.parseDouble(text))
                ? (Object) Double.valueOf(text)
                : text;
    }

    private static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Position end(String text) {
        int line = (int) text.chars().filter(c -> c == '\n').count();
        int start = text.lastIndexOf('\n') + 1;
        return new Position(line + 1, text.codePointCount(start, text.length()) + 1);
    }
}
