package io.dougong.flow;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelVariableResolver;
import io.dougong.kernel.Suggest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Expressions of workflows in CEL (Common Expression Language, cel.dev): they always end, change nothing, and give the same value for
 * the same variables, so a run can be folded from its journal again. Made when the first one is needed, and kept compiled.
 */
final class Expressions {

    /** What every expression can name. */
    static final Set<String> VARIABLES = Set.of("params", "steps", "run", "item", "index", "iteration", "last");

    private static final int MAX_KEPT = 10_000;
    private static final Pattern HOLE = Pattern.compile("\\$\\{\\{((?:(?!}}).)*)}}", Pattern.DOTALL);
    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(10_000)
            .comprehensionMaxIterations(100_000)
            .build();

    private final Set<String> names;
    private final CelCompiler compiler;
    private final CelRuntime runtime;
    private final Map<String, CelRuntime.Program> programs = new ConcurrentHashMap<>();

    /** @param items what foreach steps call their items */
    Expressions(Set<String> items) {
        names = new TreeSet<>(VARIABLES);
        names.addAll(items);
        var builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.values());
        names.forEach(name -> builder.addVar(name, SimpleType.DYN));
        compiler = builder.build();
        runtime = CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();
    }

    /** What is wrong with the expression, and what may help; empty if nothing. */
    record Mistake(int column, String message, String advice) {}

    /** Checks without evaluating. */
    List<Mistake> mistakes(String expression, Set<String> steps, Set<String> parameters) {
        try {
            CelNavigableAst tree =
                    CelNavigableAst.fromAst(compiler.compile(expression).getAst());
            return Stream.concat(
                            unknown(tree, "steps", "step", steps), unknown(tree, "params", "parameter", parameters))
                    .toList();
        } catch (CelValidationException invalid) {
            return invalid.getErrors().stream().map(this::mistake).limit(3).toList();
        }
    }

    private Mistake mistake(CelIssue issue) {
        Matcher unknown = Pattern.compile("undeclared reference to '([^']+)'.*").matcher(issue.getMessage());
        int column = issue.getSourceLocation().getColumn();
        return unknown.matches()
                ? new Mistake(
                        column,
                        "There is nothing called '" + unknown.group(1) + "' here.",
                        Suggest.near(unknown.group(1), names))
                : new Mistake(column, "This is no expression: " + issue.getMessage() + ".", "");
    }

    private static Stream<Mistake> unknown(CelNavigableAst tree, String map, String what, Set<String> known) {
        return tree.getRoot()
                .allNodes()
                .filter(node -> isField(node, map))
                .map(node -> node.expr().select().field())
                .filter(field -> !known.contains(field))
                .map(field ->
                        new Mistake(0, "There is no " + what + " '" + field + "' here.", Suggest.near(field, known)));
    }

    private static boolean isField(CelNavigableExpr node, String map) {
        return node.getKind() == dev.cel.common.ast.CelExpr.ExprKind.Kind.SELECT
                && node.expr().select().operand().getKind() == dev.cel.common.ast.CelExpr.ExprKind.Kind.IDENT
                && node.expr().select().operand().ident().name().equals(map);
    }

    /** @throws FlowProblem if the expression cannot be evaluated */
    @Nullable
    Object value(String expression, CelVariableResolver variables) {
        try {
            return unwrapped(program(expression).eval(variables));
        } catch (CelEvaluationException failed) {
            String why = String.valueOf(failed.getMessage()).replaceFirst("evaluation error( at <input>:\\d+)?: ", "");
            throw FlowProblem.badExpression(expression, why);
        }
    }

    boolean holds(String expression, CelVariableResolver variables) {
        if (value(expression, variables) instanceof Boolean answer) {
            return answer;
        }
        throw FlowProblem.badExpression(expression, "a condition must be true or false.");
    }

    /** The settings with every <code>${{ expression }}</code> replaced; a text that is nothing else becomes the value itself. */
    @Nullable
    Object filled(@Nullable Object settings, CelVariableResolver variables) {
        return switch (settings) {
            case String text -> filledText(text, variables);
            case Map<?, ?> map -> {
                Map<String, Object> filled = new LinkedHashMap<>();
                map.forEach((key, value) -> filled.put(String.valueOf(key), filled(value, variables)));
                yield filled;
            }
            case List<?> list -> {
                List<Object> filled = new ArrayList<>();
                list.forEach(item -> filled.add(filled(item, variables)));
                yield filled;
            }
            case null, default -> settings;
        };
    }

    private @Nullable Object filledText(String text, CelVariableResolver variables) {
        Matcher hole = HOLE.matcher(text.strip());
        if (hole.matches()) {
            return value(hole.group(1), variables);
        }
        return HOLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(String.valueOf(value(found.group(1), variables))));
    }

    static boolean isOpen(String text) {
        return HOLE.matcher(text).find();
    }

    /** The expressions in the holes of a text. */
    static List<String> holes(String text) {
        return HOLE.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private CelRuntime.Program program(String expression) throws CelEvaluationException {
        CelRuntime.Program kept = programs.get(expression);
        if (kept != null) {
            return kept;
        }
        CelRuntime.Program made = runtime.createProgram(compiled(expression));
        if (programs.size() < MAX_KEPT) {
            programs.put(expression, made);
        }
        return made;
    }

    private CelAbstractSyntaxTree compiled(String expression) {
        try {
            return compiler.compile(expression).getAst();
        } catch (CelValidationException invalid) {
            throw FlowProblem.badExpression(
                    expression, invalid.getErrors().getFirst().getMessage() + ".");
        }
    }

    private static @Nullable Object unwrapped(@Nullable Object value) {
        return switch (value) {
            case NullValue _ -> null;
            case dev.cel.common.values.CelByteString bytes -> bytes.toString();
            case java.time.Instant time -> time.toString();
            case java.time.Duration lapse -> lapse.toString();
            case Long _, Double _ -> value;
            case Number unsigned -> unsigned.longValue();
            case List<?> list -> list.stream().map(Expressions::unwrapped).toList();
            case Map<?, ?> map -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                map.forEach((key, item) -> plain.put(String.valueOf(key), unwrapped(item)));
                yield plain;
            }
            case null, default -> value;
        };
    }
}
