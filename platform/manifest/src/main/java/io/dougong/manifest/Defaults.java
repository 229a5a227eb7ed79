package io.dougong.manifest;

import io.dougong.documents.Node;
import io.dougong.documents.Position;
import io.dougong.documents.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values that a {@link Shape} supposes where a key is absent: filled in for reading, left out again for writing. */
final class Defaults {

    private Defaults() {}

    /** The document with every absent key that has a default. Places that do not fit the shape stay as they are. */
    static Node fill(Node node, Shape shape) {
        return switch (shape) {
            case Shape.Items items
            when node instanceof Node.Items list ->
                new Node.Items(
                        node.at(),
                        node.path(),
                        list.items().stream()
                                .map(item -> fill(item, items.item()))
                                .toList());
            case Shape.Named named when node instanceof Node.Entries map -> fillNamed(map, named);
            case Shape.Keys keys when node instanceof Node.Entries map -> fillKeys(map, keys);
            case Shape.Tagged tagged
            when node instanceof Node.Entries map ->
                variant(map.entries(), tagged).map(keys -> fillKeys(map, keys)).orElse(map);
            case Shape.Either either -> node instanceof Node.Value ? node : fill(node, either.full());
            default -> node;
        };
    }

    private static Node fillNamed(Node.Entries map, Shape.Named shape) {
        Map<String, Node.Entry> filled = new LinkedHashMap<>();
        map.entries()
                .forEach((key, entry) ->
                        filled.put(key, new Node.Entry(entry.keyAt(), fill(entry.node(), shape.value()))));
        return new Node.Entries(map.at(), map.path(), filled);
    }

    private static Node fillKeys(Node.Entries map, Shape.Keys shape) {
        Map<String, Node.Entry> filled = new LinkedHashMap<>(map.entries());
        for (Shape.Property property : shape.properties()) {
            Node.Entry entry = filled.get(property.key());
            if (entry != null) {
                filled.put(property.key(), new Node.Entry(entry.keyAt(), fill(entry.node(), property.shape())));
            } else if (property.fallback().isPresent()) {
                Node absent = Node.of(
                        Node.child(map.path(), property.key()),
                        property.fallback().get());
                filled.put(property.key(), new Node.Entry(Position.NONE, fill(absent, property.shape())));
            }
        }
        return new Node.Entries(map.at(), map.path(), filled);
    }

    /** The plain document without the keys whose value is the default, in the order in which the shape names the keys. */
    static Object strip(Object plain, Shape shape) {
        return switch (shape) {
            case Shape.Items items when plain instanceof List<?> list -> stripItems(list, items);
            case Shape.Named named when plain instanceof Map<?, ?> map -> stripNamed(map, named);
            case Shape.Keys keys when plain instanceof Map<?, ?> map -> stripKeys(map, keys);
            case Shape.Tagged tagged
            when plain instanceof Map<?, ?> map ->
                variant(map, tagged).map(keys -> stripKeys(map, keys)).orElse(map);
            case Shape.Either either
            when plain instanceof Map<?, ?> || plain instanceof List<?> -> strip(plain, either.full());
            default -> plain;
        };
    }

    private static Object stripItems(List<?> list, Shape.Items shape) {
        List<Object> stripped = new ArrayList<>();
        list.forEach(item -> stripped.add(strip(item, shape.item())));
        return stripped;
    }

    private static Object stripNamed(Map<?, ?> map, Shape.Named shape) {
        Map<Object, Object> stripped = new LinkedHashMap<>();
        map.forEach((key, value) -> stripped.put(key, strip(value, shape.value())));
        return stripped;
    }

    private static Object stripKeys(Map<?, ?> map, Shape.Keys shape) {
        Map<Object, Object> stripped = new LinkedHashMap<>();
        for (Shape.Property property : shape.properties()) {
            Object value = map.get(property.key());
            if (value != null && !property.fallback().equals(Optional.of(value))) {
                Object inner = strip(value, property.shape());
                if (!property.fallback().equals(Optional.of(inner))) {
                    stripped.put(property.key(), inner);
                }
            }
        }
        return stripped;
    }

    private static Optional<Shape.Keys> variant(Map<?, ?> map, Shape.Tagged shape) {
        return shape.variants().stream()
                .filter(variant -> map.containsKey(variant.tag()) && variant.fits(map::containsKey))
                .map(Shape.Variant::keys)
                .findFirst();
    }
}
