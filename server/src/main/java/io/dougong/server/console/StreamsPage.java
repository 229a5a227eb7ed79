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
import j2html.tags.DomContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The streams of an application: how much came, what waits, what was put aside, and the newest events. */
final class StreamsPage {

    private static final int TAIL = 15;
    private static final int DEAD = 20;
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
        return div(
                        attrs(".stats"),
                        each(
                                node.status().applications().stream()
                                        .filter(one -> one.application().equals(application.name()))
                                        .toList(),
                                one -> div(Blocks.stat(
                                                visit.say("streams.handled"),
                                                Figures.count(one.pipeline().events()),
                                                visit.say("since.start"),
                                                "events"))
                                        .withClass("contents")),
                        Blocks.stat(
                                visit.say("stat.lag"),
                                Figures.count(node.lag(application.name())),
                                visit.say("stat.lag.note"),
                                "lag"),
                        Blocks.stat(
                                visit.say("streams.dead"),
                                Figures.count(dead(application)),
                                visit.say("streams.dead.note")))
                .attr("data-application", application.name());
    }

    private long dead(Application application) {
        return application.streams().stream()
                .mapToLong(stream -> node.deadLetters(application.name(), stream.name(), 0, DEAD)
                        .size())
                .sum();
    }

    private DomContent stream(Visit visit, Application application, ApplicationStream stream) {
        StreamInfo info = node.stream(application.name(), stream.name());
        List<Stored> newest = newest(application, stream, info);
        return Blocks.cardWith(
                stream.name(),
                Blocks.badge(
                        visit.say(
                                "streams.events",
                                Figures.count(info.events()),
                                info.partitions().size()),
                        "quiet"),
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
                letters(visit, node.deadLetters(application.name(), stream.name(), 0, DEAD)));
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
