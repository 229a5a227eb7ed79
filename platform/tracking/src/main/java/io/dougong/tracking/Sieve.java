package io.dougong.tracking;

import io.dougong.tracking.Comparison.Operand;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Filters, sorts and pages things that are few enough to be looked at one by one: experiments, registered models and their
 * versions. Runs are many and are searched by the database.
 */
final class Sieve<T> {

    private static final String PROMPT_TAG = "mlflow.prompt.is_prompt";

    private final Function<T, Traits> traits;
    private final String what;

    /** @param what is searched, as part of what a page token belongs to */
    Sieve(Function<T, Traits> traits, String what) {
        this.traits = traits;
        this.what = what;
    }

    /** @param all in the order that counts among equals */
    Page<T> page(List<T> all, List<Comparison> filter, List<Order> orders, Search search, int mostAPage) {
        if (search.most() < 1 || search.most() > mostAPage) {
            throw TrackingProblem.badValue("max_results", Integer.toString(search.most()), "1 to " + mostAPage);
        }
        String identity = what + search.filter() + search.orderBy() + search.view();
        long from = PageToken.offset(search.pageToken(), identity);
        List<T> found = all.stream()
                .map(one -> new Seen<>(one, traits.apply(one)))
                .filter(seen -> filter.stream().allMatch(comparison -> matches(seen.traits, comparison)))
                .sorted(comparator(orders))
                .map(Seen::one)
                .skip(from)
                .limit(search.most() + 1L)
                .toList();
        boolean more = found.size() > search.most();
        return new Page<>(
                more ? found.subList(0, search.most()) : found,
                more ? PageToken.at(from + search.most(), identity) : Optional.empty());
    }

    private record Seen<T>(T one, Traits traits) {}

    private static <T> Comparator<Seen<T>> comparator(List<Order> orders) {
        Comparator<Seen<T>> comparator = (_, _) -> 0;
        for (Order order : orders) {
            comparator = comparator.thenComparing(
                    seen -> seen.traits.of(order.subject(), order.key()), (a, b) -> compare(a, b, order.ascending()));
        }
        return comparator;
    }

    /** What is missing or not a number comes last. */
    private static int compare(@Nullable Object a, @Nullable Object b, boolean ascending) {
        int absent = Boolean.compare(isAbsent(a), isAbsent(b));
        if (absent != 0 || isAbsent(a) || a == null || b == null) {
            return absent;
        }
        int compared = a instanceof Double x && b instanceof Double y
                ? x.compareTo(y)
                : a.toString().compareTo(b.toString());
        return ascending ? compared : -compared;
    }

    private static boolean isAbsent(@Nullable Object value) {
        return value == null || (value instanceof Double number && number.isNaN());
    }

    static boolean matches(Traits traits, Comparison comparison) {
        @Nullable Object value = traits.of(comparison.subject(), comparison.key());
        if (value == null) {
            return comparison.operator() == Comparison.Operator.IS_NULL || isNoPrompt(comparison);
        }
        return value instanceof Double number ? matches(number, comparison) : matches(value.toString(), comparison);
    }

    /** Clients ask so for everything that is not a prompt, and only prompts carry the tag. */
    private static boolean isNoPrompt(Comparison comparison) {
        return comparison.subject() == Comparison.Subject.TAG
                && comparison.operator() == Comparison.Operator.NOT_EQUAL
                && comparison.key().equals(PROMPT_TAG);
    }

    private static boolean matches(double value, Comparison comparison) {
        if (!(comparison.operand() instanceof Operand.Number(double other))) {
            return false;
        }
        return switch (comparison.operator()) {
            case EQUAL -> value == other;
            case NOT_EQUAL -> value != other;
            case LESS -> value < other;
            case AT_MOST -> value <= other;
            case GREATER -> value > other;
            case AT_LEAST -> value >= other;
            default -> false;
        };
    }

    private static boolean matches(String value, Comparison comparison) {
        return switch (comparison.operator()) {
            case EQUAL -> value.equals(comparison.text());
            case NOT_EQUAL -> !value.equals(comparison.text());
            case LIKE -> Wildcards.like(value, comparison.text());
            case ILIKE -> Wildcards.ilike(value, comparison.text());
            case IN -> texts(comparison).contains(value);
            case NOT_IN -> !texts(comparison).contains(value);
            case IS_NOT_NULL -> true;
            default -> false;
        };
    }

    private static List<String> texts(Comparison comparison) {
        return comparison.operand() instanceof Operand.Texts(List<String> texts) ? texts : List.of();
    }
}
