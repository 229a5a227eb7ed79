package io.dougong.server.console;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.button;
import static j2html.TagCreator.div;
import static j2html.TagCreator.form;
import static j2html.TagCreator.label;
import static j2html.TagCreator.span;
import static j2html.TagCreator.textarea;

import io.dougong.decisions.Decision;
import io.dougong.decisions.Receipt;
import io.dougong.node.Node;
import io.dougong.trust.AuditReport;
import io.dougong.trust.Permission;
import j2html.tags.DomContent;
import java.nio.charset.StandardCharsets;

/** The audit chain, and receipts from elsewhere. */
final class AuditPage {

    private final Node node;
    private final Layout layout;

    AuditPage(Node node, Layout layout) {
        this.node = node;
        this.layout = layout;
    }

    Response show(Visit visit) {
        return layout.page(
                visit,
                "audit",
                visit.say("page.audit"),
                visit.say("audit.lead"),
                div(attrs(".columns"), chain(visit), receipts(visit)),
                Blocks.card(visit.say("audit.how"), Blocks.note(visit.say("audit.how.text"))));
    }

    private static DomContent chain(Visit visit) {
        if (!visit.may(Permission.VERIFY_AUDIT)) {
            return Blocks.card(visit.say("audit.chain"), Blocks.note(visit.say("audit.role")));
        }
        return Blocks.cardAt(
                "audit-chain",
                visit.say("audit.chain"),
                Blocks.note(visit.say("audit.chain.note")),
                div(
                        attrs(".buttons"),
                        button(visit.say("audit.verify"))
                                .withId("verify-audit")
                                .attr("hx-post", "/audit/verify")
                                .attr("hx-target", "#chain")
                                .attr("hx-disabled-elt", "this")),
                div(attrs("#chain.result")).attr("aria-live", "polite"));
    }

    Response verify(Visit visit) {
        long started = System.nanoTime();
        AuditReport report = node.verifyAudit();
        String took = Figures.span((System.nanoTime() - started) / 1_000);
        return Response.part(report.fault()
                .map(fault -> Blocks.alert(
                        "high",
                        visit.say("audit.broken"),
                        visit.say("audit.broken.detail", fault.reference(), fault.what())))
                .orElseGet(() -> Blocks.alert(
                        "low",
                        visit.say("audit.holds"),
                        visit.say(
                                "audit.holds.detail",
                                Figures.count(report.entries()),
                                Figures.count(report.records()),
                                took))));
    }

    private static DomContent receipts(Visit visit) {
        return Blocks.card(
                visit.say("audit.receipt"),
                Blocks.note(visit.say("audit.receipt.note")),
                form(
                                label(
                                        span(visit.say("audit.receipt.label")),
                                        textarea()
                                                .withName("receipt")
                                                .withRows("5")
                                                .attr("spellcheck", "false")),
                                div(
                                        attrs(".buttons"),
                                        button(visit.say("audit.receipt.check")).withClass("quiet")))
                        .withClass("content")
                        .attr("hx-post", "/audit/receipt")
                        .attr("hx-target", "#receipt"),
                div(attrs("#receipt.result")).attr("aria-live", "polite"));
    }

    Response receipt(Visit visit) {
        Receipt receipt = Receipt.fromJson(visit.sent("receipt").getBytes(StandardCharsets.UTF_8));
        Decision decision = receipt.verified(_ -> true);
        return Response.part(Blocks.alert(
                "low",
                visit.say("audit.receipt.holds"),
                visit.say(
                        "audit.receipt.detail",
                        decision.question().key(),
                        decision.outcome().label(),
                        receipt.position(),
                        receipt.keyId())));
    }
}
