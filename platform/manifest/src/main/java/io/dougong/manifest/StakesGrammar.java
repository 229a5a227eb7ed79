package io.dougong.manifest;

import static io.dougong.documents.Shape.Property.optional;
import static io.dougong.documents.Shape.Property.required;

import io.dougong.documents.Shape;
import io.dougong.serving.AdverseAction;
import java.util.List;
import java.util.Map;

/** The shapes of what hangs on a decision: costs, refusals, protected fields, thresholds of groups. */
final class StakesGrammar {

    private static final double MOST_COST = 1e12;
    private static final int MOST_TEXTS = 200;
    private static final int MOST_PRINCIPAL = 8;
    private static final int MOST_PROTECTED = 16;

    private static final Shape.Text GROUP = new Shape.Text(
            "a group", "^[\\s\\S]{1,100}$", "Write <=number, >number, or the value that makes the group.");
    private static final Shape.Text JUSTIFICATION = new Shape.Text(
            "a justification of at least 40 letters",
            "^(?=[\\s\\S]*\\S)[\\s\\S]{40,2000}$",
            "Say why, on which legal ground, and who approved it; it goes into the audit chain.");

    private StakesGrammar() {}

    static Shape.Property costs() {
        return optional(
                "costs",
                new Shape.Keys(
                        "costs",
                        List.of(
                                optional("unit", Grammar.PROSE, "The unit of all costs, e.g. EUR.", ""),
                                optional(
                                        "amount", Grammar.FIELD, "The numeric field of the stream that shares are of."),
                                optional(
                                        "review",
                                        cost(),
                                        "What it costs to ask a person; never asked for cost if absent."),
                                required(
                                        "outcomes",
                                        new Shape.Named(
                                                "a map of outcomes",
                                                ModelGrammar.LABEL,
                                                prices(),
                                                2,
                                                ModelGrammar.MOST_OUTCOMES),
                                        "What each outcome costs; the cheapest by the calibrated probability is taken."))),
                "What outcomes cost; without, the bands of probability decide.");
    }

    private static Shape.Decimal cost() {
        return Shape.Decimal.between(-MOST_COST, MOST_COST);
    }

    private static Shape.Keys prices() {
        return new Shape.Keys(
                "two prices",
                List.of(
                        required("if_true", price(), "If what the model predicts comes true."),
                        required("if_false", price(), "If it does not.")));
    }

    private static Shape price() {
        return new Shape.Either(
                "a price",
                cost(),
                new Shape.Keys(
                        "a price",
                        List.of(
                                optional("fixed", cost(), "Whatever the amount.", 0L),
                                optional("share", cost(), "Of the amount, added to the fixed part.", 0L))));
    }

    static Shape.Property adverse() {
        return optional(
                "adverse",
                new Shape.Keys(
                        "a refusal",
                        List.of(
                                required(
                                        "outcomes",
                                        new Shape.Items(
                                                "a list of outcomes",
                                                ModelGrammar.LABEL,
                                                1,
                                                ModelGrammar.MOST_OUTCOMES),
                                        "Which outcomes refuse."),
                                optional(
                                        "reference",
                                        new Shape.Choice(
                                                "a reference", Grammar.words(AdverseAction.Reference.values())),
                                        "Whom an applicant is compared with.",
                                        Grammar.word(AdverseAction.Reference.APPROVED)),
                                optional(
                                        "most",
                                        new Shape.Whole(1, MOST_PRINCIPAL),
                                        "How many principal reasons to give.",
                                        (long) AdverseAction.USUAL_MOST),
                                required(
                                        "reasons",
                                        new Shape.Named(
                                                "a map of reasons", ModelGrammar.LABEL, reason(), 1, MOST_TEXTS),
                                        "Principal reasons by code; each feature of the model stands in one."),
                                optional("creditor", ModelGrammar.words(), "Who writes the letter."),
                                optional("notice", ModelGrammar.words(), "What the law wants to be told in it."))),
                "How refusals are explained to the person; required by law for credit in many places.");
    }

    private static Shape.Keys reason() {
        return new Shape.Keys(
                "a reason",
                List.of(
                        required(
                                "features",
                                new Shape.Items("a list of features", ModelGrammar.FEATURE, 1, MOST_TEXTS),
                                "The features that tell of it; those that move together belong together."),
                        required("en", Grammar.PROSE, "The reason in English."),
                        required("zh", Grammar.PROSE, "The reason in Chinese.")));
    }

    static Shape.Property guarded() {
        return optional(
                "protected",
                new Shape.Named("a map of fields", Grammar.FIELD, field(), 0, MOST_PROTECTED),
                "Fields of the stream by which fairness is measured; no feature of the model, and no reason.",
                Map.of());
    }

    private static Shape.Keys field() {
        return new Shape.Keys(
                "a protected field",
                List.of(optional(
                        "up_to",
                        Shape.Decimal.ANY,
                        "Numbers up to this make one group, those above the other; one group per value if absent.")));
    }

    static Shape.Property groupThresholds() {
        return optional(
                "group_thresholds",
                new Shape.Keys(
                        "thresholds of groups",
                        List.of(
                                required("by", Grammar.FIELD, "One of the protected fields."),
                                required(
                                        "from",
                                        new Shape.Named(
                                                "a map of groups",
                                                GROUP,
                                                new Shape.Decimal(0, false, 1, false),
                                                1,
                                                MOST_TEXTS),
                                        "By group, the probability from which the first outcome is taken."),
                                required("justification", JUSTIFICATION, "Why people are treated differently."))),
                "Thresholds for members of some groups, which must be justified.");
    }
}
