package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.label;
import static j2html.TagCreator.option;
import static j2html.TagCreator.p;
import static j2html.TagCreator.select;
import static j2html.TagCreator.span;
import static j2html.TagCreator.td;
import static j2html.TagCreator.textarea;
import static j2html.TagCreator.tr;

import io.dougong.kernel.FieldType;
import io.dougong.lake.Snapshot;
import io.dougong.lake.SqlLimits;
import io.dougong.lake.SqlResult;
import io.dougong.lake.TableInfo;
import io.dougong.node.Node;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lake: tables, their snapshots, questions in SQL, and what changed between two snapshots. */
final class LakePage {

    private static final int ROWS = 200;
    private static final int SNAPSHOTS = 30;
    private static final int DIFFERENCES = 50;
    private static final long TIMEOUT_MILLIS = 20_000;
    private static final String EXAMPLE = "SELECT outcome, count(*) AS decisions, round(avg(probability), 3) AS mean\n"
            + "FROM decisions GROUP BY outcome ORDER BY decisions DESC";

    private final Node node;
    private final Layout layout;

    LakePage(Node node, Layout layout) {
        this.node = node;
        this.layout = layout;
    }

    Response show(Visit visit) {
        List<TableInfo> tables = node.tables();
        return layout.page(
                visit,
                "lake",
                visit.say("page.lake"),
                visit.say("lake.lead"),
                box(visit),
                tables.isEmpty()
                        ? Blocks.empty(visit.say("lake.none"), visit.say("lake.none.advice"))
                        : Blocks.card(visit.say("lake.tables"), tables(visit, tables)));
    }

    private static DomContent box(Visit visit) {
        return Blocks.card(
                visit.say("lake.sql"),
                form(
                                label(
                                        span(visit.say("lake.sql.label")),
                                        textarea(EXAMPLE)
                                                .withName("query")
                                                .withRows("4")
                                                .attr("spellcheck", "false")),
                                div(
                                        attrs(".buttons"),
                                        button(visit.say("lake.sql.run")).withId("run-sql")))
                        .withClass("content")
                        .attr("hx-post", "/lake/sql")
                        .attr("hx-target", "#answer")
                        .attr("hx-disabled-elt", "find button"),
                div(attrs("#answer.result")).attr("aria-live", "polite"));
    }

    private static DomContent tables(Visit visit, List<TableInfo> tables) {
        return Blocks.grid(
                List.of(
                        visit.say("lake.table"),
                        visit.say("lake.rows"),
                        visit.say("lake.files"),
                        visit.say("lake.size"),
                        visit.say("lake.snapshots"),
                        visit.say("lake.committed"),
                        visit.say("lake.layout")),
                tables.stream()
                        .map(table -> Blocks.row(
                                Blocks.link("/lake/" + table.name(), table.name()),
                                Blocks.number(Figures.count(
                                        table.current().map(Snapshot::records).orElse(0L))),
                                Blocks.number(Figures.count(
                                        table.current().map(Snapshot::files).orElse(0L))),
                                Blocks.number(Figures.bytes(table.bytes())),
                                Blocks.number(Integer.toString(table.snapshots())),
                                Blocks.at(table.current()
                                        .map(Snapshot::committedMicros)
                                        .orElse(0L)),
                                Blocks.text(table.partitioning().unit().name().toLowerCase(java.util.Locale.ROOT) + " "
                                        + table.partitioning().field())))
                        .toList());
    }

    Response table(Visit visit) {
        String name = visit.at("table");
        List<Snapshot> snapshots = node.snapshots(name);
        List<Snapshot> newest = snapshots.stream()
                .sorted(Comparator.comparingLong(Snapshot::sequence).reversed())
                .limit(SNAPSHOTS)
                .toList();
        TableInfo table = node.tables().stream()
                .filter(info -> info.name().equals(name))
                .findFirst()
                .orElseThrow();
        return layout.page(
                visit,
                "lake",
                name,
                visit.say("lake.table.lead"),
                newest.size() < 2
                        ? Blocks.note(visit.say("lake.diff.few"))
                        : Blocks.card(visit.say("lake.diff"), difference(visit, name, newest)),
                div(
                        attrs(".columns.wide-first"),
                        Blocks.card(visit.say("lake.snapshots"), snapshots(visit, newest)),
                        Blocks.card(visit.say("lake.columns"), columns(visit, table))));
    }

    private static DomContent columns(Visit visit, TableInfo table) {
        return Blocks.scrolling(
                List.of(visit.say("lake.column"), visit.say("lake.type")),
                table.schema().fields().stream()
                        .map(field -> Blocks.row(
                                Blocks.code(field.name()),
                                Blocks.text(field.type().label())))
                        .toList());
    }

    private static DomContent snapshots(Visit visit, List<Snapshot> snapshots) {
        return Blocks.scrolling(
                List.of("#", visit.say("lake.committed"), visit.say("lake.operation"), visit.say("lake.rows"), "id"),
                snapshots.stream()
                        .map(snapshot -> Blocks.row(
                                Blocks.number(Long.toString(snapshot.sequence())),
                                Blocks.at(snapshot.committedMicros()),
                                Blocks.text(snapshot.operation()),
                                Blocks.number(Figures.count(snapshot.records())),
                                Blocks.code(Long.toString(snapshot.id()))))
                        .toList());
    }

    private static DomContent difference(Visit visit, String table, List<Snapshot> snapshots) {
        return div(
                Blocks.note(visit.say("lake.diff.note")),
                form(
                                attrs(".filters"),
                                choice(visit.say("lake.diff.from"), "from", snapshots, snapshots.get(1)),
                                choice(visit.say("lake.diff.to"), "to", snapshots, snapshots.getFirst()),
                                button(visit.say("lake.diff.go")).withId("diff"))
                        .attr("hx-post", "/lake/" + table + "/diff")
                        .attr("hx-target", "#difference"),
                div(attrs("#difference.result")).attr("aria-live", "polite"));
    }

    private static DomContent choice(String title, String name, List<Snapshot> snapshots, Snapshot chosen) {
        return label(
                span(title),
                select(each(
                                snapshots,
                                snapshot -> option("#" + snapshot.sequence() + " · "
                                                + Figures.second(snapshot.committedMicros()) + " · "
                                                + Figures.count(snapshot.records()))
                                        .withValue(Long.toString(snapshot.id()))
                                        .withCondSelected(snapshot.equals(chosen))))
                        .withName(name));
    }

    /** Rows that one snapshot has and the other has not. */
    Response diff(Visit visit) {
        String table = visit.at("table");
        long from = id(visit.sent("from"));
        long to = id(visit.sent("to"));
        SqlResult added = node.sql(only(table, to, from), limits(DIFFERENCES));
        SqlResult gone = node.sql(only(table, from, to), limits(DIFFERENCES));
        return Response.part(div(
                attrs(".content"),
                p(visit.say(
                                "lake.diff.added",
                                Figures.count(count(table, from)),
                                Figures.count(count(table, to)),
                                DIFFERENCES))
                        .withClass("note"),
                j2html.TagCreator.h3(visit.say("lake.diff.more")).withClass("diff-add"),
                result(visit, added),
                j2html.TagCreator.h3(visit.say("lake.diff.less")).withClass("diff-gone"),
                result(visit, gone)));
    }

    private long count(String table, long snapshot) {
        return node.snapshots(table).stream()
                .filter(one -> one.id() == snapshot)
                .mapToLong(Snapshot::records)
                .findFirst()
                .orElse(0);
    }

    private static String only(String table, long in, long notIn) {
        return "SELECT * FROM " + table + " AT (VERSION => " + in + ") EXCEPT SELECT * FROM " + table
                + " AT (VERSION => " + notIn + ")";
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notAnId) {
            throw ConsoleProblem.notANumber(text);
        }
    }

    private static SqlLimits limits(int rows) {
        return SqlLimits.DEFAULT.rows(rows).timeout(TIMEOUT_MILLIS);
    }

    Response sql(Visit visit) {
        long started = System.nanoTime();
        SqlResult result = node.sql(visit.sent("query"), limits(ROWS));
        String note = visit.say(
                result.truncated() ? "lake.sql.cut" : "lake.sql.rows",
                Figures.count(result.rows().size()),
                Figures.span((System.nanoTime() - started) / 1_000));
        return Response.part(div(attrs(".content"), p(note).withClass("note"), result(visit, result)));
    }

    private static DomContent result(Visit visit, SqlResult result) {
        if (result.rows().isEmpty()) {
            return Blocks.note(visit.say("lake.sql.empty"));
        }
        List<DomContent> rows = new ArrayList<>();
        for (List<@Nullable Object> row : result.rows()) {
            List<DomContent> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                cells.add(td(cell(row.get(i), result.columns().get(i).type())));
            }
            rows.add(tr(cells.toArray(DomContent[]::new)));
        }
        return Blocks.scrolling(
                result.columns().stream().map(SqlResult.SqlColumn::name).toList(), rows);
    }

    private static DomContent cell(@Nullable Object value, FieldType type) {
        if (type == FieldType.TIMESTAMP && value instanceof Long micros) {
            return Blocks.text(Figures.second(micros));
        }
        return value instanceof Number ? Blocks.number(Figures.value(value)) : Blocks.text(Figures.value(value));
    }
}
