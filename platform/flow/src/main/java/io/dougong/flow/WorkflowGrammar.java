package io.dougong.flow;

import static io.dougong.documents.Shape.Property.optional;
import static io.dougong.documents.Shape.Property.required;

import io.dougong.documents.Durations;
import io.dougong.documents.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The shape of a workflow file; from it come the checks and the published JSON Schema. */
final class WorkflowGrammar {

    static final int MOST_STEPS = 1000;
    private static final int MOST_AT_ONCE = 1000;
    private static final int MOST_ROUNDS = 1_000_000;

    static final Shape.Text NAME = new Shape.Text(
            "a name",
            "^[a-z][a-z0-9_-]{0,62}$",
            "Use up to 63 lower-case letters, digits, '-' and '_', beginning with a letter.");
    private static final Shape.Text IDENTIFIER = new Shape.Text(
            "a name",
            "^[A-Za-z_][A-Za-z0-9_]{0,62}$",
            "Use up to 63 letters, digits and '_', beginning with a letter.");
    private static final Shape.Text KEY = new Shape.Text("a name", "^.{1,200}$", "");
    private static final Shape.Text PROSE = new Shape.Text("a text", "^[\\s\\S]{0,2000}$", "Maybe it needs quotes.");
    private static final Shape.Text EXPRESSION =
            new Shape.Text("an expression", "^[\\s\\S]{1,10000}$", "Write it in quotes, e.g. \"params.n > 3\".");
    static final Shape VALUES = new Shape.Named("a map of values", KEY, new Shape.Any(), 0, MOST_STEPS);

    private static final Shape RETRY = new Shape.Keys(
            "a retry policy",
            List.of(
                    required("times", new Shape.Whole(0, 1000), "How many more attempts after the first."),
                    optional("backoff", Durations.SPAN, "The first pause.", "1s"),
                    optional("factor", Shape.Decimal.between(1, 100), "By how much each pause is longer.", 2),
                    optional("longest", Durations.SPAN, "The longest pause.", "5m"),
                    optional("jitter", Shape.Decimal.between(0, 1), "Which part of a pause is left to chance.", 0.2)));
    private static final Shape RETRIES = new Shape.Keys(
            "retry policies",
            List.of(
                    optional("user", RETRY, "When the step itself is wrong (default: none)."),
                    optional("platform", RETRY, "When what it runs on fails (default: 3 times)."),
                    optional("timeout", RETRY, "When it takes too long (default: none).")));

    private final Collection<StepKind> kinds;
    private final Shape.Lazy step;

    WorkflowGrammar(Collection<StepKind> kinds) {
        this.kinds = kinds;
        Shape[] made = new Shape[1];
        this.step = new Shape.Lazy("step", () -> made[0]);
        made[0] = new Shape.Tagged("a step", variants());
    }

    Shape.Lazy step() {
        return step;
    }

    Shape.Keys workflow() {
        return new Shape.Keys(
                "a workflow",
                List.of(
                        required("workflow", NAME, "The name of the workflow."),
                        optional("description", PROSE, "What it is for, in a sentence.", ""),
                        optional(
                                "parameters",
                                new Shape.Named("a map of parameters", IDENTIFIER, parameter(), 0, MOST_STEPS),
                                "What a run may be given, by name.",
                                Map.of()),
                        optional("strategy", strategy(), "What happens when it is started while it runs."),
                        optional(
                                "on_failure",
                                choice("what happens after a failure", Workflow.OnFailure.class),
                                "What happens to the other steps when one failed.",
                                "after_running"),
                        required("steps", steps(), "What is done, by id; each follows the one before it.")));
    }

    private static Shape parameter() {
        return new Shape.Keys(
                "a parameter",
                List.of(
                        required("type", choice("a type", Parameter.Type.class), "What its values are."),
                        optional("default", new Shape.Any(), "Its value if none is given; without, one must be given."),
                        optional("description", PROSE, "What it means.", "")));
    }

    private static Shape strategy() {
        Shape mode = choice("a run strategy", Workflow.Strategy.Mode.class);
        return new Shape.Either(
                "a run strategy",
                mode,
                new Shape.Keys(
                        "a run strategy",
                        List.of(
                                required("mode", mode, "How runs share the workflow."),
                                optional("limit", new Shape.Whole(1, MOST_AT_ONCE), "How many may run at once."))));
    }

    private Shape steps() {
        return new Shape.Named("a map of steps", NAME, step, 1, MOST_STEPS);
    }

    private List<Shape.Variant> variants() {
        List<Shape.Variant> variants = new ArrayList<>();
        kinds.forEach(kind -> variants.add(work(kind)));
        variants.add(variant(
                required("wait", NAME, "The signal to wait for."),
                optional("keys", VALUES, "What it must carry."),
                timeout("How long.")));
        variants.add(variant(required("approval", PROSE, "The question to a person."), timeout("How long to wait.")));
        variants.add(variant(
                required("call", NAME, "The workflow to run."), optional("parameters", VALUES, "What it is given.")));
        variants.add(variant(
                required("foreach", EXPRESSION, "A list."),
                optional("as", IDENTIFIER, "What an item is called, beside 'item'."),
                optional("at_once", new Shape.Whole(1, MOST_AT_ONCE), "How many at once.", 1),
                required("steps", steps(), "What is done for each item.")));
        variants.add(variant(
                required("while", EXPRESSION, "The condition; sees 'iteration' and 'last'."),
                optional("most", new Shape.Whole(1, MOST_ROUNDS), "More rounds are an error.", 1000),
                required("steps", steps(), "What is done in each round.")));
        variants.add(variant(required(
                "branch",
                new Shape.Items(
                        "a list of arms",
                        new Shape.Keys(
                                "an arm",
                                List.of(
                                        optional("when", EXPRESSION, "Its condition; the last may have none."),
                                        required("steps", steps(), "What is done then."))),
                        1,
                        100),
                "The first arm whose condition holds.")));
        variants.add(variant(required("parallel", steps(), "Steps that begin together.")));
        return variants;
    }

    private static Shape.Variant work(StepKind kind) {
        Shape.Property tag = kind.brief().isEmpty()
                ? required(kind.name(), kind.settings(), kind.settings().what())
                : required(kind.name(), briefly(kind), kind.settings().what());
        return variant(
                tag,
                optional("retry", RETRIES, "When a failed attempt is made again."),
                timeout("How long an attempt may take."),
                optional(
                        "cache", Durations.SPAN, "Up to which age an earlier outcome with the same settings is taken."),
                optional("undo", VALUES, "A kind and its settings that take back what was done, if the run fails."));
    }

    private static Shape briefly(StepKind kind) {
        return kind.settings() instanceof Shape.Keys keys
                ? new Shape.Either(kind.settings().what(), new Shape.Any(), keys)
                : kind.settings();
    }

    private static Shape.Property timeout(String description) {
        return optional("timeout", Durations.SPAN, description);
    }

    private static Shape.Variant variant(Shape.Property tag, Shape.Property... own) {
        List<Shape.Property> rest = new ArrayList<>(Arrays.asList(own));
        rest.add(optional(
                "needs", new Shape.Items("a list of steps", NAME, 0, MOST_STEPS), "The steps that must have ended."));
        rest.add(optional("when", EXPRESSION, "Skipped unless this holds."));
        rest.add(optional("on", choice("an end", Step.On.class), "After which ends of what it needs.", "success"));
        rest.add(optional("may_fail", new Shape.Toggle(), "Whether the run goes on as if it had not failed.", false));
        return Shape.Variant.of(tag, rest.toArray(Shape.Property[]::new));
    }

    private static <E extends Enum<E>> Shape.Choice choice(String what, Class<E> type) {
        return new Shape.Choice(what, words(type));
    }

    private static <E extends Enum<E>> List<String> words(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Keys of a step that name no kind of work. */
    static Set<String> structure() {
        return Set.of(
                "wait",
                "keys",
                "approval",
                "call",
                "parameters",
                "foreach",
                "at_once",
                "as",
                "parallel",
                "steps",
                "while",
                "most",
                "branch",
                "needs",
                "when",
                "on",
                "may_fail",
                "retry",
                "timeout",
                "cache",
                "undo");
    }
}
