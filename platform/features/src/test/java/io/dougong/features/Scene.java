package io.dougong.features;

import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Offsets;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.StreamPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A stream with every type of field, views with every aggregate over it, and random events. */
public final class Scene {

    public static final long MINUTE = 60_000_000;
    public static final Duration LATENESS = Duration.ofMinutes(30);
    public static final Schema SALES = Schema.of(
            Field.required("shop", FieldType.STRING),
            Field.optional("till", FieldType.INTEGER),
            Field.required("amount", FieldType.NUMBER),
            Field.optional("items", FieldType.INTEGER),
            Field.optional("card", FieldType.BOOLEAN),
            Field.optional("customer", FieldType.STRING));
    public static final Derivation DERIVATION = Derivation.compile(
            SALES,
            List.of(
                    new Derived("place", new Transform.Concat(List.of("shop", "till"), "#")),
                    new Derived("large", new Transform.Flag("amount", Comparison.ABOVE, 50))));
    public static final Schema ASKING = DERIVATION.output();

    private static final List<Aggregate> ALL = List.of(
            new Aggregate.Count(),
            new Aggregate.Sum("amount"),
            new Aggregate.Mean("amount"),
            new Aggregate.Mean("items"),
            new Aggregate.Min("amount"),
            new Aggregate.Max("items"),
            new Aggregate.StdDev("amount"),
            new Aggregate.StdDev("items"),
            new Aggregate.Rate("card"),
            new Aggregate.Rate("large"),
            new Aggregate.Distinct("customer"),
            new Aggregate.Last("amount"),
            new Aggregate.Last("items"),
            new Aggregate.Decayed("amount", Duration.ofMinutes(7)));

    private static final List<Duration> WINDOWS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(5));

    public static final List<FeatureView> VIEWS = List.of(
            FeatureView.of("by_shop", "sales", List.of("shop"), WINDOWS, ALL),
            FeatureView.of("by_place", "sales", List.of("place"), WINDOWS, ALL),
            FeatureView.of("by_both", "sales", List.of("till", "shop"), List.of(Duration.ofMinutes(90)), ALL),
            new FeatureView(
                    "everywhere",
                    "sales",
                    List.of(),
                    WINDOWS,
                    ALL,
                    Duration.ofDays(2),
                    Optional.of(new Condition("items", Comparison.AT_LEAST, 2))));

    public static final FeatureDefinitions DEFINITIONS =
            FeatureDefinitions.of(VIEWS, Map.of("sales", new FeatureStream(DERIVATION, LATENESS)));
    public static final FeatureQuery QUERY =
            DEFINITIONS.query(List.of("by_shop.*", "by_place.*", "by_both.*", "everywhere.*"), ASKING);

    private Scene() {}

    public static Row row(Random random) {
        return DERIVATION.apply(Row.of(
                SALES,
                "shop" + random.nextInt(3),
                maybe(random, (long) random.nextInt(2)),
                amount(random),
                maybe(random, (long) random.nextInt(-3, 6)),
                maybe(random, random.nextBoolean()),
                maybe(random, "customer" + random.nextInt(40))));
    }

    private static double amount(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> 0.0;
            case 1 -> -0.0;
            case 2 -> random.nextDouble(-1e11, 1e11);
            case 3 -> random.nextDouble() * 1e-7;
            default -> random.nextDouble(-100, 200);
        };
    }

    private static @Nullable Object maybe(Random random, Object value) {
        return random.nextInt(5) == 0 ? null : value;
    }

    /**
     * Events of three partitions in order of arrival: mostly rising times with jumps, some out of order, some late beyond what is
     * kept.
     */
    public static List<FeatureEvent> events(Random random, int count) {
        List<FeatureEvent> events = new ArrayList<>();
        Map<Integer, Long> next = new HashMap<>();
        long now = 1_000_000 * MINUTE;
        for (int i = 0; i < count; i++) {
            now += random.nextInt(20) == 0
                    ? random.nextLong(120 * MINUTE)
                    : random.nextLong(random.nextBoolean() ? MINUTE / 10 : 3 * MINUTE);
            long behind = switch (random.nextInt(12)) {
                case 0 -> random.nextLong(30 * MINUTE);
                case 1 -> random.nextLong(400 * MINUTE);
                case 2 -> random.nextLong(3 * MINUTE);
                default -> 0;
            };
            int partition = random.nextInt(3);
            long offset = next.merge(partition, 1L, Long::sum) - 1;
            events.add(new FeatureEvent("sales", partition, offset, now - behind, row(random)));
        }
        return events;
    }

    public static void feed(FeatureOperator operator, Iterable<FeatureEvent> events) {
        for (FeatureEvent event : events) {
            operator.apply(event.stream(), event.partition(), event.offset(), event.timeMicros(), event.row());
        }
    }

    public static long newest(List<FeatureEvent> events) {
        return events.stream().mapToLong(FeatureEvent::timeMicros).max().orElseThrow();
    }

    /** The same events, each partition in its order, interleaved anew. */
    public static List<FeatureEvent> interleaved(List<FeatureEvent> events, Random random) {
        Map<Integer, List<FeatureEvent>> rest = new HashMap<>();
        events.forEach(event ->
                rest.computeIfAbsent(event.partition(), _ -> new ArrayList<>()).add(event));
        List<Integer> turns =
                new ArrayList<>(events.stream().map(FeatureEvent::partition).toList());
        Collections.shuffle(turns, random);
        return turns.stream()
                .map(turn -> rest.getOrDefault(turn, List.of()).removeFirst())
                .toList();
    }

    public static List<FeatureEvent> upTo(List<FeatureEvent> events, Offsets offsets) {
        return events.stream()
                .filter(event -> event.offset() < offsets.of(new StreamPartition(event.stream(), event.partition())))
                .toList();
    }
}
