package io.dougong.manifest;

import static io.dougong.documents.Shape.Property.optional;
import static io.dougong.documents.Shape.Property.required;

import io.dougong.documents.Node;
import io.dougong.documents.Plain;
import io.dougong.documents.Shape;
import io.dougong.learn.Weighting;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How training rows are weighed: shape, meaning and canonical form. */
final class WeightingGrammar {

    private static final double MOST_FACTOR = 10;

    private WeightingGrammar() {}

    static Shape.Property weighting() {
        return optional(
                "weighting",
                new Shape.Keys(
                        "a weighting",
                        List.of(optional("reweigh", reweigh(), REWEIGH), optional("rejects", rejects(), REJECTS))),
                "How much rows count in training; each labelled row once if absent.");
    }

    private static final String REWEIGH =
            "Weighs rows so that the label does not depend on the group (Kamiran and Calders 2012).";
    private static final String REJECTS =
            "Lets applicants without a label take part as partly good and partly bad: an assumption, not knowledge.";

    private static Shape.Keys reweigh() {
        return new Shape.Keys(
                "a reweighing",
                List.of(
                        required(
                                "by",
                                Grammar.FIELD,
                                "The field of the stream that makes groups; no feature of the model."),
                        optional(
                                "up_to",
                                Shape.Decimal.ANY,
                                "Numbers up to this make one group, those above the other; one group per text if absent.")));
    }

    private static Shape.Keys rejects() {
        return new Shape.Keys(
                "a reject inference",
                List.of(optional(
                        "factor",
                        new Shape.Decimal(0, true, MOST_FACTOR, false),
                        "How much likelier they are taken to be positive than labelled ones of equal features.",
                        1L)));
    }

    static Weighting read(Node.Entries model) {
        Node.Entries map = model.find("weighting").map(Node::map).orElse(null);
        if (map == null) {
            return Weighting.NONE;
        }
        return new Weighting(
                map.find("reweigh")
                        .map(Node::map)
                        .map(reweigh -> new Weighting.Reweighing(
                                reweigh.text("by"),
                                reweigh.find("up_to").map(Node::decimal).orElse(null)))
                        .orElse(null),
                map.find("rejects")
                        .map(Node::map)
                        .map(rejects -> new Weighting.RejectInference(rejects.decimal("factor")))
                        .orElse(null));
    }

    static @Nullable Map<String, Object> plain(Weighting weighting) {
        if (weighting.equals(Weighting.NONE)) {
            return null;
        }
        Weighting.Reweighing reweigh = weighting.reweigh();
        Weighting.RejectInference rejects = weighting.rejects();
        return Plain.map(
                "reweigh",
                reweigh == null ? null : Plain.map("by", reweigh.by(), "up_to", Plain.numberOrNothing(reweigh.upTo())),
                "rejects",
                rejects == null ? null : Plain.map("factor", Plain.number(rejects.factor())));
    }
}
