package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.td;
import static j2html.TagCreator.tr;

import io.dougong.events.DeadLetter;
import io.dougong.events.Stored;
import io.dougong.events.StreamInfo;
import io.dougong.manifest.Application;
import io.dougong.manifest.ApplicationStream;
import io.dougong.node.Node;
import io.dougong.node.Status;
import j2html.tags.DomContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The streams of an application: how much came, what waits, what was put aside, and the newest events. */
final class StreamsPage {

    private static final int TAIL = 15;
    private static final int DEAD = 20;
    private static final int MOST_DEAD = 1_000;
    private static final int SHOWN_BYTES = 400;

    private final Node node;
    private final Layout layout;

    StreamsPage(Node node, Layout layout) {
        this.node = node;
        this.layout = layout;
    }

    Response show(Visit visit) {
        List<Application> applications = node.applications();
        if (applications.isEmpty()) {
            return layout.page(visit, "streams", visit.say("page.streams"), "", Choice.none(visit));
        }
        Application application = Choice.of(visit, applications);
        List<DomContent> content = new ArrayList<>();
        content.add(Choice.switcher(visit, applications, application, "/streams"));
        content.add(figures(visit, application));
        application.streams().forEach(stream -> content.add(stream(visit, application, stream)));
        return layout.page(
                visit,
                "streams",
                visit.say("page.streams"),
                visit.say("streams.lead"),
                content.toArray(DomContent[]::new));
    }

    private DomContent figures(Visit visit, Application application) {
        return div(each(
                        node.status().applications().stream()
                                .filter(one -> one.application().equals(application.name()))
                                .toList(),
                        one -> figures(visit, application, one)))
                .attr("data-application", application.name());
    }

    private DomContent figures(Visit visit, Application application, Status.OfApplication one) {
        return div(
                attrs(".stats"),
                Blocks.stat(
                        visit.say("streams.handled"),
                        Figures.count(one.pipeline().events()),
                        visit.say("since.start"),
                        "events"),
                Blocks.stat(visit.say("stat.lag"), Figures.count(one.lag()), visit.say("stat.lag.note"), "lag"),
                Blocks.stat(visit.say("streams.lake"), Figures.count(one.lakeLag()), visit.say("streams.lake.note")),
                Blocks.stat(
                        visit.say("streams.newest"),
                        Figures.minute(one.pipeline().newestMicros()),
                        visit.say("streams.newest.note")),
                Blocks.stat(visit.say("streams.dead"), dead(application), visit.say("streams.dead.note")));
    }

    /** A number, or that there are more than were counted. */
    private String dead(Application application) {
        long dead = application.streams().stream()
                .mapToLong(stream -> node.deadLetters(application.name(), stream.name(), 0, MOST_DEAD)
                        .size())
                .sum();
        return Figures.count(dead) + (dead >= MOST_DEAD ? "+" : "");
    }

    private DomContent stream(Visit visit, Application application, ApplicationStream stream) {
        StreamInfo info = node.stream(application.name(), stream.name());
        List<Stored> newest = newest(application, stream, info);
        List<DeadLetter> dead = node.deadLetters(application.name(), stream.name(), 0, MOST_DEAD);
        return Blocks.cardWith(
                stream.name(),
                badges(visit, application, info, dead.size()),
                Blocks.note(stream.description()),
                newest.isEmpty()
                        ? Blocks.empty(
                                visit.say("streams.none"),
                                visit.say("streams.none.advice", application.name(), stream.name()))
                        : Blocks.scrolling(
                                List.of(
                                        visit.say("streams.position"),
                                        visit.say("streams.time"),
                                        visit.say("streams.arrived"),
                                        visit.say("streams.data")),
                                newest.stream().map(StreamsPage::row).toList()),
                letters(visit, dead.reversed().stream().limit(DEAD).toList()));
    }

    private DomContent badges(Visit visit, Application application, StreamInfo info, int dead) {
        long waiting = node.status().applications().stream()
                .filter(one -> one.application().equals(application.name()))
                .mapToLong(one -> one.lagByStream().getOrDefault(info.name(), 0L))
                .sum();
        return div(
                attrs(".badges"),
                Blocks.badge(
                        visit.say(
                                "streams.events",
                                Figures.count(info.events()),
                                info.partitions().size()),
                        "quiet"),
                Blocks.badge(visit.say("streams.waiting", Figures.count(waiting)), waiting == 0 ? "low" : "review"),
                dead == 0
                        ? Blocks.text("")
                        : Blocks.badge(
                                visit.say("streams.put-aside", Figures.count(dead) + (dead == MOST_DEAD ? "+" : "")),
                                "high"));
    }

    private List<Stored> newest(Application application, ApplicationStream stream, StreamInfo info) {
        List<Stored> all = new ArrayList<>();
        for (int partition = 0; partition < info.partitions().size(); partition++) {
            StreamInfo.Extent extent = info.partitions().get(partition);
            long from = Math.max(extent.startOffset(), extent.endOffset() - TAIL);
            all.addAll(node.read(application.name(), stream.name(), partition, from, TAIL));
        }
        return all.stream()
                .sorted(Comparator.comparingLong(Stored::sequence).reversed())
                .limit(TAIL)
                .toList();
    }

    private static DomContent row(Stored stored) {
        return tr(
                td(Blocks.code(
                        stored.position().partition() + "@" + stored.position().offset())),
                td(Blocks.at(stored.event().timeMicros())),
                td(Blocks.at(stored.ingestedMicros())),
                td(code(data(stored.event().data()))).withClass("wrap"));
    }

    private static String data(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.length() > SHOWN_BYTES ? text.substring(0, SHOWN_BYTES) + "…" : text;
    }

    private static DomContent letters(Visit visit, List<DeadLetter> letters) {
        if (letters.isEmpty()) {
            return Blocks.note(visit.say("streams.dead.none"));
        }
        return Blocks.grid(
                List.of(visit.say("streams.dead"), visit.say("streams.time"), visit.say("streams.why")),
                letters.stream()
                        .map(letter -> tr(
                                td(Blocks.code(letter.event().id())),
                                td(Blocks.at(letter.event().timeMicros())),
                                td(
                                                Blocks.badge(letter.why().code(), "high"),
                                                pre(letter.why().message()))
                                        .withClass("wrap")))
                        .map(DomContent.class::cast)
                        .toList());
    }
}
