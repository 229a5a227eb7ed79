package io.dougong.flow;

import dev.cel.runtime.CelVariableResolver;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the names in an expression mean at one place of a run, looked up when they are asked for. */
final class Variables implements CelVariableResolver {

    private final RunState state;
    private final Scope scope;
    private final Map<String, Object> more;

    Variables(RunState state, Scope scope, Map<String, Object> more) {
        this.state = state;
        this.scope = scope;
        this.more = more;
    }

    @Override
    public Optional<Object> find(String name) {
        return switch (name) {
            case "params" -> Optional.of(state.accepted().parameters());
            case "run" -> Optional.of(run());
            case "steps" -> Optional.of(new Siblings(scope));
            default -> Optional.ofNullable(more.containsKey(name) ? more.get(name) : scope.variable(name));
        };
    }

    private Map<String, Object> run() {
        return Map.of(
                "id", state.id(),
                "workflow", state.definition().workflow().name(),
                "origin", state.accepted().origin());
    }

    /** Whether there is anything to fill in. */
    static boolean open(@Nullable Object settings) {
        return switch (settings) {
            case String text -> Expressions.isOpen(text);
            case Map<?, ?> map -> map.values().stream().anyMatch(Variables::open);
            case Iterable<?> list -> {
                for (Object item : list) {
                    if (open(item)) {
                        yield true;
                    }
                }
                yield false;
            }
            case null, default -> false;
        };
    }

    /** The steps that can be seen from a scope, by id. */
    private static final class Siblings extends AbstractMap<String, Object> {

        private final Scope scope;

        private Siblings(Scope scope) {
            this.scope = scope;
        }

        @Override
        public boolean containsKey(Object id) {
            return scope.visible(String.valueOf(id)) != null;
        }

        @Override
        public @Nullable Object get(Object id) {
            StepRun run = scope.visible(String.valueOf(id));
            return run == null ? null : view(run);
        }

        private static Map<String, Object> view(StepRun run) {
            return Map.of("status", run.status.name(), "outputs", run.outputs(), "reason", run.reason);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return scope.runs().stream()
                    .map(run -> Map.entry(run.step().id(), (Object) view(run)))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
