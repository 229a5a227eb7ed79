package io.dougong.server.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.each;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.text;

import io.dougong.manifest.Application;
import j2html.tags.DomContent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Which application a page is about. */
final class Choice {

    static final String PARAMETER = "app";

    private Choice() {}

    static Application of(Visit visit, List<Application> applications) {
        return applications.stream()
                .filter(application -> application.name().equals(visit.asked(PARAMETER)))
                .findFirst()
                .orElse(applications.getFirst());
    }

    /** Nothing if there is only one. */
    static DomContent switcher(Visit visit, List<Application> applications, Application current, String path) {
        if (applications.size() < 2) {
            return text("");
        }
        return nav(attrs(".tabs"), each(applications, application -> {
                    var tab = a(application.name()).withHref(path + "?app=" + encoded(application.name()));
                    return application.name().equals(current.name()) ? tab.attr("aria-current", "true") : tab;
                }))
                .attr("aria-label", visit.say("applications"));
    }

    static DomContent none(Visit visit) {
        return Blocks.empty(visit.say("empty.application"), visit.say("empty.application.advice"));
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
