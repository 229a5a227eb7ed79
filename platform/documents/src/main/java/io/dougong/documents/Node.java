package io.dougong.documents;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A document as a tree of values that know where they stand; the one form that reading, checking and code share. */
public sealed interface Node {

    Position at();

    /** The way from the root, e.g. {@code streams.arrivals.key}; empty at the root. */
    String path();

    /** What it is, for a message. */
    String kind();

    /** @param value String, Long, Double, Boolean or null */
    record Value(Position at, String path, @Nullable Object value) implements Node {

        @Override
        public String kind() {
            return switch (value) {
                case null -> "nothing";
                case String _ -> "the text '" + Value.shorten(text()) + "'";
                case Boolean _ -> "the boolean " + value;
                default -> "the number " + number(value);
            };
        }

        public String text() {
            return String.valueOf(value);
        }

        private static Object number(Object value) {
            return value instanceof Double d ? Plain.number(d) : value;
        }

        private static String shorten(String text) {
            return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "…";
        }
    }

    record Items(Position at, String path, List<Node> items) implements Node {

        @Override
        public String kind() {
            return "a list";
        }
    }

    record Entries(Position at, String path, Map<String, Entry> entries) implements Node {

        @Override
        public String kind() {
            return "a map";
        }

        public Optional<Node> find(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::node);
        }

        public boolean has(String key) {
            return entries.containsKey(key);
        }

        public String text(String key) {
            return Node.text(get(key));
        }

        public Optional<String> textIfAny(String key) {
            return find(key).map(Node::text);
        }

        public double decimal(String key) {
            return Node.decimal(get(key));
        }

        public int whole(String key) {
            return (int) decimal(key);
        }

        /** A value that was checked to be a text, a number or a boolean. */
        public Object constant(String key) {
            Object value = get(key) instanceof Value scalar ? scalar.value() : null;
            return value instanceof Double number
                    ? Plain.number(number)
                    : java.util.Objects.requireNonNullElse(value, "");
        }

        public boolean flag(String key) {
            return get(key) instanceof Value(Position _, String _, Boolean flag) && flag;
        }

        public List<Node> items(String key) {
            return get(key) instanceof Items list ? list.items() : List.of();
        }

        public List<String> texts(String key) {
            return items(key).stream().map(Node::text).toList();
        }

        public Entries map(String key) {
            return Node.map(get(key));
        }

        private Node get(String key) {
            return find(key).orElseThrow(() -> new IllegalStateException("'" + key + "' was checked to be in " + path));
        }
    }

    /** A value that was checked to be a text. */
    static String text(Node node) {
        return node instanceof Value value ? value.text() : "";
    }

    /** A value that was checked to be a number. */
    static double decimal(Node node) {
        return node instanceof Value(Position _, String _, Number number) ? number.doubleValue() : Double.NaN;
    }

    /** A node that was checked to be a map. */
    static Entries map(Node node) {
        return node instanceof Entries map ? map : new Entries(node.at(), node.path(), Map.of());
    }

    /** A key of a map, with the place of the key itself. */
    record Entry(Position keyAt, Node node) {}

    int SHOWN_LENGTH = 60;

    static String child(String path, String key) {
        boolean plain = key.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-');
        String step = plain && !key.isEmpty() ? key : "\"" + key + "\"";
        return path.isEmpty() ? step : path + "." + step;
    }

    static String item(String path, int place) {
        return path + "[" + place + "]";
    }

    /** A tree of plain maps, lists and scalars, without positions. */
    static Node of(String path, @Nullable Object plain) {
        return switch (plain) {
            case Map<?, ?> map -> entries(path, map);
            case List<?> list -> items(path, list);
            case null, default -> new Value(Position.NONE, path, plain);
        };
    }

    private static Node entries(String path, Map<?, ?> map) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            entries.put(name, new Entry(Position.NONE, of(child(path, name), value)));
        });
        return new Entries(Position.NONE, path, entries);
    }

    private static Node items(String path, List<?> list) {
        List<Node> items = new ArrayList<>();
        for (Object item : list) {
            items.add(of(item(path, items.size()), item));
        }
        return new Items(Position.NONE, path, items);
    }
}
