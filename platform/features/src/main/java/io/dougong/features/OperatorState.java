package io.dougong.features;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Definitions and the state they have built up. The holder itself is immutable; a new one is made when definitions change. */
final class OperatorState {

    private final FeatureDefinitions definitions;
    private final List<ViewState> views;
    private final Map<String, StreamState> streams;
    private final StreamState[] streamOfView;

    private OperatorState(FeatureDefinitions definitions, List<ViewState> views) {
        this.definitions = definitions;
        this.views = List.copyOf(views);
        Map<String, List<ViewState>> byStream = new LinkedHashMap<>();
        for (ViewState view : views) {
            byStream.computeIfAbsent(view.plan().view().stream(), _ -> new ArrayList<>())
                    .add(view);
        }
        this.streams = new HashMap<>();
        definitions.streams().forEach((name, stream) -> {
            if (byStream.containsKey(name)) {
                streams.put(name, new StreamState(name, stream, byStream.getOrDefault(name, List.of())));
            }
        });
        this.streamOfView = views.stream()
                .map(view -> Objects.requireNonNull(streams.get(view.plan().view().stream())))
                .toArray(StreamState[]::new);
    }

    static OperatorState of(FeatureDefinitions definitions, OperatorSettings settings) {
        return new OperatorState(
                definitions,
                definitions.plans().stream()
                        .map(plan -> new ViewState(plan, settings))
                        .toList());
    }

    /** The state under other definitions: views of the same name and version go on, others are loaded or start empty. */
    OperatorState with(FeatureDefinitions changed, StateSource source, OperatorSettings settings) {
        List<ViewState> next = new ArrayList<>();
        for (ViewPlan plan : changed.plans()) {
            ViewState kept = find(plan.view().name());
            if (kept != null && kept.plan().version().equals(plan.version())) {
                next.add(kept.adopting(plan));
            } else {
                ViewState fresh = new ViewState(plan, settings);
                source.load(plan.view().name(), plan.version(), fresh.loading());
                next.add(fresh);
            }
        }
        return new OperatorState(changed, next);
    }

    @Nullable
    ViewState find(String view) {
        return views.stream()
                .filter(state -> state.plan().view().name().equals(view))
                .findFirst()
                .orElse(null);
    }

    FeatureDefinitions definitions() {
        return definitions;
    }

    List<ViewState> views() {
        return views;
    }

    Map<String, StreamState> streams() {
        return streams;
    }

    StreamState streamOf(int view) {
        return streamOfView[view];
    }
}
