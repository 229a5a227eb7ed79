package io.dougong.tracking;

import io.dougong.tracking.Comparison.Operator;
import io.dougong.tracking.Comparison.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One search for runs. How it is done is chosen by counting, up to a bound, what each comparison leaves over:
 *
 * <ul>
 *   <li>few are left over by one comparison: these are looked up in the index of values, then checked and sorted;
 *   <li>else, sorted by a metric, parameter or tag: the index of values is walked in its order until the page is full, and after it
 *       come the runs that have no such value;
 *   <li>else the index of start times is walked, or all runs are sorted.
 * </ul>
 *
 * <p>Every order ends in start time and id, so that pages never overlap.
 */
final class RunSearch {

    /**
     * @param few so many are looked up whatever else there is
     * @param some so many are looked up if more than one comparison may thin them out
     */
    record Bounds(int few, int some) {}

    private static final Bounds USUAL = new Bounds(2_000, 20_000);

    private static final int MOST_EXPERIMENTS = 1_000;

    private final List<Long> experiments;
    private final List<Comparison> filter;
    private final List<Order> orders;
    private final Search search;
    private final String identity;
    private final Bounds bounds;

    RunSearch(List<String> experimentIds, Search search) {
        this(experimentIds, search, USUAL);
    }

    RunSearch(List<String> experimentIds, Search search, Bounds bounds) {
        Limits.count("experiments", experimentIds.size(), MOST_EXPERIMENTS);
        if (search.most() < 1 || search.most() > Limits.MOST_RUNS_A_PAGE) {
            throw TrackingProblem.badValue(
                    "max_results", Integer.toString(search.most()), "1 to " + Limits.MOST_RUNS_A_PAGE);
        }
        this.experiments =
                experimentIds.stream().map(RunSearch::number).distinct().toList();
        this.filter = FilterParser.filter(search.filter(), Grammar.RUNS);
        this.orders = FilterParser.orders(search.orderBy(), Grammar.RUNS);
        this.search = search;
        this.bounds = bounds;
        this.identity = "runs" + experiments + search.filter() + search.orderBy() + search.view();
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException notANumber) {
            throw TrackingProblem.unknown("experiment", id);
        }
    }

    Page<Run> page(Statements statements) {
        long from = PageToken.offset(search.pageToken(), identity);
        if (experiments.isEmpty()) {
            return new Page<>(List.of(), Optional.empty());
        }
        List<RunRows.Row> rows = rows(statements, search.most() + 1, from);
        boolean more = rows.size() > search.most();
        return new Page<>(
                new RunRows(statements).whole(more ? rows.subList(0, search.most()) : rows),
                more ? PageToken.at(from + search.most(), identity) : Optional.empty());
    }

    private List<RunRows.Row> rows(Statements statements, int most, long from) {
        Optional<Comparison> driver = driver(statements);
        if (driver.isPresent()) {
            return driven(driver.get(), most, from).list(statements, RunRows::row);
        }
        boolean walks =
                !orders.isEmpty() && RunConditions.hasTable(orders.getFirst().subject());
        return walks
                ? walked(statements, orders.getFirst(), most, from)
                : plain(most, from).list(statements, RunRows::row);
    }

    private Optional<Comparison> driver(Statements statements) {
        int bound = filter.size() > 1 ? bounds.some() : bounds.few();
        Comparison best = null;
        for (Comparison comparison : filter) {
            if (isLookedUp(comparison)) {
                int count = count(statements, comparison, bound);
                if (count < bound) {
                    bound = count;
                    best = comparison;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean isLookedUp(Comparison comparison) {
        return (comparison.operator() == Operator.EQUAL && RunConditions.hasTable(comparison.subject()))
                || (comparison.operator().orders() && comparison.subject() == Subject.METRIC);
    }

    private static int count(Statements statements, Comparison comparison, int bound) {
        return new Sql()
                .add(
                        "SELECT count(*) FROM (SELECT 1 FROM " + RunConditions.table(comparison.subject())
                                + " d WHERE d.key = ? AND ",
                        comparison.key())
                .add(RunConditions.valued("d", comparison))
                .add(" LIMIT ?)", bound)
                .list(statements, row -> row.getInt(1))
                .getFirst();
    }

    private Sql driven(Comparison driver, int most, long from) {
        Sql sql = new Sql().add("SELECT r.* FROM " + RunConditions.table(driver.subject()) + " d CROSS JOIN run r");
        join(sql, orders);
        sql.add(" WHERE r.id = d.run AND d.key = ? AND ", driver.key())
                .add(RunConditions.valued("d", driver))
                .add(" AND ");
        scope(sql);
        filter.stream()
                .filter(one -> !one.equals(driver))
                .forEach(one -> sql.add(" AND ").add(RunConditions.condition(one)));
        return limited(ordered(sql, orders), most, from);
    }

    private Sql plain(int most, long from) {
        Sql sql = new Sql().add("SELECT r.* FROM run r");
        join(sql, orders);
        sql.add(" WHERE ");
        scope(sql);
        filter.forEach(one -> sql.add(" AND ").add(RunConditions.condition(one)));
        return limited(ordered(sql, orders), most, from);
    }

    private List<RunRows.Row> walked(Statements statements, Order first, int most, long from) {
        List<RunRows.Row> rows = new ArrayList<>(
                limited(order(with("r.*", first), first), most, from).list(statements, RunRows::row));
        if (rows.size() < most) {
            long before = rows.isEmpty() && from > 0
                    ? with("count(*)", first)
                            .list(statements, row -> row.getLong(1))
                            .getFirst()
                    : from + rows.size();
            rows.addAll(without(first, most - rows.size(), Math.max(0, from - before))
                    .list(statements, RunRows::row));
        }
        return rows;
    }

    /** Runs that have the value, from the index of values. */
    private Sql with(String what, Order first) {
        Sql sql = new Sql()
                .add("SELECT " + what + " FROM " + RunConditions.table(first.subject()) + " o CROSS JOIN run r");
        join(sql, orders.subList(1, orders.size()));
        sql.add(" WHERE r.id = o.run AND o.key = ?", first.key())
                .add(first.subject() == Subject.METRIC ? " AND o.nan = 0 AND " : " AND ");
        scope(sql);
        for (Comparison one : filter) {
            boolean same = one.subject() == first.subject()
                    && one.key().equals(first.key())
                    && one.operator() != Operator.IS_NULL
                    && one.operator() != Operator.IS_NOT_NULL;
            sql.add(" AND ").add(same ? RunConditions.valued("o", one) : RunConditions.condition(one));
        }
        return sql;
    }

    private Sql order(Sql sql, Order first) {
        List<Order> rest = orders.subList(1, orders.size());
        sql.add(" ORDER BY o.value" + direction(first) + ", ");
        return tail(sql, rest);
    }

    /** The others, in the order of what is left of the orders. */
    private Sql without(Order first, int most, long from) {
        List<Order> rest = orders.subList(1, orders.size());
        Sql sql = new Sql().add("SELECT r.* FROM run r");
        join(sql, rest);
        sql.add(" WHERE ");
        scope(sql);
        sql.add(
                " AND NOT EXISTS (SELECT 1 FROM " + RunConditions.table(first.subject())
                        + " o WHERE o.run = r.id AND o.key = ?"
                        + (first.subject() == Subject.METRIC ? " AND o.nan = 0)" : ")"),
                first.key());
        filter.forEach(one -> sql.add(" AND ").add(RunConditions.condition(one)));
        return limited(ordered(sql, rest), most, from);
    }

    private void scope(Sql sql) {
        List<String> shown =
                search.view().shown().stream().map(Lifecycle::label).toList();
        sql.add(
                experiments.size() == 1 ? "r.experiment = ?" : "r.experiment IN (" + Rows.marks(experiments) + ")",
                experiments.toArray());
        sql.add(
                shown.size() == 1 ? " AND r.lifecycle = ?" : " AND r.lifecycle IN (" + Rows.marks(shown) + ")",
                shown.toArray());
    }

    private static void join(Sql sql, List<Order> orders) {
        IntStream.range(0, orders.size())
                .filter(i -> RunConditions.hasTable(orders.get(i).subject()))
                .forEach(i -> sql.add(
                        " LEFT JOIN " + RunConditions.table(orders.get(i).subject()) + " o" + i + " ON o" + i
                                + ".run = r.id AND o" + i + ".key = ?",
                        orders.get(i).key()));
    }

    private static Sql ordered(Sql sql, List<Order> orders) {
        return tail(sql.add(" ORDER BY "), orders);
    }

    private static Sql tail(Sql sql, List<Order> orders) {
        for (int i = 0; i < orders.size(); i++) {
            Order order = orders.get(i);
            if (RunConditions.hasTable(order.subject())) {
                String value = order.subject() == Subject.METRIC
                        ? "CASE WHEN o" + i + ".nan = 0 THEN o" + i + ".value END"
                        : "o" + i + ".value";
                sql.add(value + " IS NULL, " + value + direction(order) + ", ");
            } else {
                String column = RunConditions.column(order.key());
                String last = order.key().equals("end_time") ? column + " IS NULL, " : "";
                sql.add(last + column + direction(order) + ", ");
            }
        }
        return sql.add("r.start_millis DESC, r.run_id");
    }

    private static String direction(Order order) {
        return order.ascending() ? "" : " DESC";
    }

    private static Sql limited(Sql sql, int most, long from) {
        return sql.add(" LIMIT ? OFFSET ?", most, from);
    }
}
