package io.dougong.server;

import io.dougong.kernel.Suggest;
import java.util.List;

/** What to say about a path that no endpoint answers. */
final class Paths {

    private final List<Endpoint> endpoints;

    Paths(List<Endpoint> endpoints) {
        this.endpoints = endpoints;
    }

    /** Another method would be answered, or nothing is there; then the nearest path is offered. */
    ServerProblem problem(String method, String path) {
        List<String> methods = endpoints.stream()
                .filter(endpoint -> filled(endpoint.path(), path).equals(path))
                .map(Endpoint::method)
                .distinct()
                .sorted()
                .toList();
        return methods.isEmpty()
                ? ServerProblem.unknownPath(path, near(path))
                : ServerProblem.methodNotAllowed(method, path, methods);
    }

    private String near(String path) {
        List<String> candidates = endpoints.stream()
                .map(endpoint -> filled(endpoint.path(), path))
                .filter(candidate -> !candidate.contains("{"))
                .distinct()
                .toList();
        return Suggest.nearest(path, candidates)
                .map(best -> "Did you mean " + best + "?")
                .orElse("");
    }

    /** The template with its parameters taken from the same places of the path. */
    private static String filled(String template, String path) {
        String[] parts = template.split("/", -1);
        String[] given = path.split("/", -1);
        for (int i = 0; i < parts.length && i < given.length; i++) {
            if (parts[i].startsWith("{") && !given[i].isEmpty()) {
                parts[i] = given[i];
            }
        }
        return String.join("/", parts);
    }
}
