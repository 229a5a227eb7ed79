package io.dougong.server.console;

import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.text;

import io.dougong.kernel.Problem;

/** Says what went wrong and what may help. */
final class ErrorPage {

    private final Layout layout;

    ErrorPage(Layout layout) {
        this.layout = layout;
    }

    Response of(Visit visit, Problem problem, int status) {
        if (visit.part()) {
            return Response.part(div(
                                    attrs(".alert.tone-high"),
                                    p(problem.getMessage()),
                                    p(problem.advice()),
                                    code(problem.code()))
                            .attr("role", "alert"))
                    .as(status);
        }
        return layout.page(
                        visit,
                        "",
                        visit.say("error"),
                        "",
                        div(
                                attrs(".empty"),
                                Icons.bracket("empty-mark"),
                                p(problem.getMessage()).withClass("empty-title"),
                                p(problem.advice()),
                                p(code(problem.code()), text(" · "), span(Integer.toString(status)))
                                        .withClass("note"),
                                a(visit.say("error.back")).withHref("/").withClass("button")))
                .as(status);
    }
}
