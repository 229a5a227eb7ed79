package io.dougong.documents;

import io.dougong.kernel.Suggest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Holds a document against its {@link Shape} and reports every place where they differ. */
public final class ShapeCheck {

    private final Faults faults;
    private final Predicate<Node> unchecked;

    public ShapeCheck(Faults faults) {
        this(faults, _ -> false);
    }

    /** @param unchecked values that may stand anywhere, since what they are is known later */
    public ShapeCheck(Faults faults, Predicate<Node> unchecked) {
        this.faults = faults;
        this.unchecked = unchecked;
    }

    public void check(Node node, Shape shape) {
        if (unchecked.test(node)) {
            return;
        }
        switch (shape) {
            case Shape.Text text -> text(node, text);
            case Shape.Choice choice -> choice(node, choice);
            case Shape.Whole whole -> whole(node, whole);
            case Shape.Decimal decimal -> decimal(node, decimal);
            case Shape.Toggle toggle -> toggle(node, toggle);
            case Shape.Constant constant -> constant(node, constant);
            case Shape.Any _ -> {}
            case Shape.Lazy lazy -> check(node, lazy.shape().get());
            case Shape.Items items -> items(node, items);
            case Shape.Named named -> named(node, named);
            case Shape.Keys keys -> keys(node, keys);
            case Shape.Tagged tagged -> tagged(node, tagged);
            case Shape.Either either -> either(node, either);
        }
    }

    private void either(Node node, Shape.Either shape) {
        boolean bareTag = node instanceof Node.Value(Position _, String _, String text)
                && shape.full() instanceof Shape.Tagged tagged
                && tagged.tags().contains(text);
        if (bareTag) {
            expected(node, shape, "Write { " + plainText(node) + ": <field> }.");
        } else {
            boolean brief =
                    node instanceof Node.Value || (node instanceof Node.Items && shape.brief() instanceof Shape.Any);
            check(node, brief ? shape.brief() : shape.full());
        }
    }

    private void text(Node node, Shape.Text shape) {
        if (!(node instanceof Node.Value(Position _, String _, String text))) {
            expected(node, shape, shape.advice());
        } else if (!Pattern.compile(shape.pattern()).matcher(text).matches()) {
            expected(node, shape, shape.advice());
        }
    }

    private void choice(Node node, Shape.Choice shape) {
        if (!(node instanceof Node.Value(Position _, String _, String text))) {
            expected(node, shape, "Known: " + shape.words() + ".");
        } else if (!shape.words().contains(text)) {
            expected(node, shape, Suggest.near(text.toLowerCase(Locale.ROOT), shape.words()));
        }
    }

    private void whole(Node node, Shape.Whole shape) {
        Optional<Double> number = number(node).filter(value -> value == StrictMath.rint(value));
        if (number.filter(value -> value >= shape.least() && value <= shape.most())
                .isEmpty()) {
            expected(node, shape, "");
        }
    }

    private void decimal(Node node, Shape.Decimal shape) {
        if (number(node).filter(shape::holds).isEmpty()) {
            expected(node, shape, "");
        }
    }

    private static Optional<Double> number(Node node) {
        return node instanceof Node.Value(Position _, String _, Number number)
                ? Optional.of(number.doubleValue())
                : Optional.empty();
    }

    private void toggle(Node node, Shape shape) {
        if (!(node instanceof Node.Value(Position _, String _, Boolean _))) {
            expected(node, shape, "");
        }
    }

    private void constant(Node node, Shape shape) {
        if (!(node instanceof Node.Value value) || value.value() == null) {
            expected(node, shape, "");
        }
    }

    private void items(Node node, Shape.Items shape) {
        if (!(node instanceof Node.Items items)) {
            expected(node, shape, node instanceof Node.Value ? "Write [" + plainText(node) + "]." : "");
            return;
        }
        size(node, items.items().size(), shape.least(), shape.most(), "item");
        items.items().forEach(item -> check(item, shape.item()));
    }

    private static String plainText(Node node) {
        return node instanceof Node.Value value && value.value() != null ? value.text() : "…";
    }

    private void named(Node node, Shape.Named shape) {
        if (!(node instanceof Node.Entries map)) {
            expected(node, shape, "");
            return;
        }
        size(node, map.entries().size(), shape.least(), shape.most(), "part");
        map.entries().forEach((name, entry) -> {
            if (!Pattern.compile(shape.name().pattern()).matcher(name).matches()) {
                faults.add(
                        entry.keyAt(),
                        entry.node().path(),
                        "'" + name + "' is not " + shape.name().what() + ".",
                        shape.name().advice());
            }
            check(entry.node(), shape.value());
        });
    }

    private void keys(Node node, Shape.Keys shape) {
        if (!(node instanceof Node.Entries map)) {
            expected(node, shape, "Keys: " + names(shape) + ".");
            return;
        }
        map.entries()
                .forEach((key, entry) -> shape.property(key)
                        .ifPresentOrElse(
                                property -> check(entry.node(), property.shape()),
                                () -> unknown(key, entry, names(shape))));
        List<String> meant = map.entries().keySet().stream()
                .filter(key -> shape.property(key).isEmpty())
                .flatMap(key -> Suggest.nearest(key, names(shape)).stream())
                .toList();
        shape.properties().stream()
                .filter(property -> property.required() && !map.has(property.key()) && !meant.contains(property.key()))
                .forEach(property -> missing(node, property));
    }

    private void tagged(Node node, Shape.Tagged shape) {
        if (!(node instanceof Node.Entries map)) {
            String near = node instanceof Node.Value(Position _, String _, String text)
                    ? Suggest.near(text, shape.tags())
                    : "Known: " + shape.tags() + ".";
            expected(node, shape, near);
            return;
        }
        List<String> present = shape.tags().stream().filter(map::has).toList();
        switch (present.size()) {
            case 0 -> untagged(map, shape);
            case 1 -> variant(map, shape.marked(present.getFirst()));
            default ->
                faults.atValue(
                        node.path(),
                        "Only one of " + present + " may stand here.",
                        "Make it " + present.size() + " entries.");
        }
    }

    private void variant(Node.Entries map, List<Shape.Variant> variants) {
        List<Shape.Variant> fitting =
                variants.stream().filter(variant -> variant.fits(map::has)).toList();
        if (variants.size() == 1 || fitting.size() == 1) {
            keys(map, (fitting.isEmpty() ? variants : fitting).getFirst().keys());
            return;
        }
        List<String> known = variants.stream()
                .flatMap(variant -> names(variant.keys()).stream())
                .distinct()
                .toList();
        boolean strange = false;
        for (var entry : map.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                unknown(entry.getKey(), entry.getValue(), known);
                strange = true;
            }
        }
        if (!strange) {
            List<String> choice = known.subList(1, known.size());
            faults.atValue(
                    map.path(), "Beside '" + known.getFirst() + "' must stand exactly one of " + choice + ".", "");
        }
    }

    private void untagged(Node.Entries map, Shape.Tagged shape) {
        if (map.entries().isEmpty()) {
            expected(map, shape, "Known: " + shape.tags() + ".");
            return;
        }
        List<String> known = shape.variants().stream()
                .flatMap(variant -> names(variant.keys()).stream())
                .distinct()
                .toList();
        map.entries().entrySet().stream()
                .filter(entry -> !known.contains(entry.getKey()))
                .findFirst()
                .ifPresentOrElse(
                        strange -> unknown(strange.getKey(), strange.getValue(), shape.tags()),
                        () -> expected(map, shape, "One of " + shape.tags() + " must stand in it."));
    }

    private void unknown(String key, Node.Entry entry, List<String> known) {
        String advice = key.equals("<<") ? "Merge keys are not read here." : Suggest.near(key, known);
        faults.add(entry.keyAt(), entry.node().path(), "Unknown key '" + key + "'.", advice);
    }

    private void missing(Node node, Shape.Property property) {
        faults.atKey(node.path(), "'" + property.key() + "' is missing.", property.description());
    }

    private void size(Node node, int size, int least, int most, String unit) {
        if (size < least || size > most) {
            int bound = size < least ? least : most;
            String counted = (size < least ? "at least " : "at most ") + bound + " " + unit + (bound == 1 ? "" : "s");
            faults.atValue(node.path(), "Expected " + counted + ", found " + size + ".", "");
        }
    }

    private void expected(Node node, Shape shape, String advice) {
        faults.atValue(node.path(), "Expected " + shape.what() + ", found " + node.kind() + ".", advice);
    }

    private static List<String> names(Shape.Keys shape) {
        return shape.properties().stream().map(Shape.Property::key).toList();
    }
}
