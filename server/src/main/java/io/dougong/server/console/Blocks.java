package io.dougong.server.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.header;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.time;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.util.Arrays;
import java.util.List;

/** The pieces that pages are put together from. */
final class Blocks {

    /** What fits into a tile in the large type. */
    private static final int LONGEST_FIGURE = 11;

    private Blocks() {}

    static DomContent card(String title, DomContent... content) {
        return section(attrs(".card"), header(h2(title)), div(attrs(".card-body"), content));
    }

    /** A card that can be pointed at by its id. */
    static DomContent cardAt(String id, String title, DomContent... content) {
        return section(attrs(".card"), header(h2(title)), div(attrs(".card-body"), content))
                .withId(id);
    }

    /** A card whose heading has something beside it. */
    static DomContent cardWith(String title, DomContent beside, DomContent... content) {
        return section(attrs(".card"), header(h2(title), beside), div(attrs(".card-body"), content));
    }

    /** One figure with its name; {@code live} names the value that the page's feed keeps current, or is empty. */
    static DomContent stat(String name, String value, String note, String live) {
        var figure = strong(value).withCondClass(value.length() > LONGEST_FIGURE, "long");
        return div(
                attrs(".stat"),
                span(name).withClass("stat-name"),
                live.isEmpty() ? figure : figure.attr("data-live", live),
                span(note).withClass("stat-note"));
    }

    static DomContent stat(String name, String value, String note) {
        return stat(name, value, note, "");
    }

    static DomContent badge(String text, String tone) {
        return span(text).withClasses("badge", "tone-" + tone);
    }

    /** Where nothing is yet: what it is and how to get some. */
    static DomContent empty(String title, String advice) {
        return div(attrs(".empty"), Icons.bracket("empty-mark"), p(title).withClass("empty-title"), p(advice));
    }

    static DomContent grid(List<String> heads, List<DomContent> rows) {
        return grid(".table-wrap", heads, rows);
    }

    /** A long table in a box of its own. */
    static DomContent scrolling(List<String> heads, List<DomContent> rows) {
        return grid(".table-wrap.scrolling", heads, rows);
    }

    private static DomContent grid(String classes, List<String> heads, List<DomContent> rows) {
        return div(attrs(classes), table(thead(tr(each(heads, Blocks::head))), tbody(rows.toArray(DomContent[]::new))))
                .attr("tabindex", "0")
                .attr("role", "group")
                .attr("aria-label", heads.isEmpty() ? "" : heads.getFirst());
    }

    /** A column of pictures needs no name: it repeats in another form what stands beside it. */
    private static DomContent head(String name) {
        return name.isEmpty() ? td() : th(name).attr("scope", "col");
    }

    static DomContent row(DomContent... cells) {
        return tr(each(Arrays.asList(cells), cell -> td(cell)));
    }

    static DomContent text(String text) {
        return j2html.TagCreator.text(text);
    }

    static DomContent number(String text) {
        return span(text).withClass("number");
    }

    static DomContent code(String text) {
        return j2html.TagCreator.code(text);
    }

    static DomContent at(long micros) {
        return micros <= 0 ? span("–") : time(Figures.minute(micros)).attr("datetime", Figures.iso(micros));
    }

    static DomContent link(String href, String text) {
        return a(text).withHref(href);
    }

    static DomContent note(String text) {
        return p(text).withClass("note");
    }

    static DomContent alert(String tone, String title, String detail) {
        return div(attrs(".alert.tone-" + tone), strong(title), p(detail)).attr("role", "status");
    }
}
