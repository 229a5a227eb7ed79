package io.dougong.server;

import io.dougong.kernel.Json;
import io.dougong.trust.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The OpenAPI 3.1 document of the endpoints, made from the endpoints themselves. */
final class OpenApi {

    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final Map<String, Object> TEXT = Map.of("type", "string");

    private OpenApi() {}

    static byte[] document(List<Endpoint> endpoints, String version) {
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        for (Endpoint endpoint : endpoints) {
            paths.computeIfAbsent(endpoint.path(), _ -> new TreeMap<>())
                    .put(endpoint.method().toLowerCase(Locale.ROOT), operation(endpoint));
        }
        return Json.bytes(Map.of(
                "openapi",
                "3.1.0",
                "info",
                Map.of("title", "Dougong", "version", version, "license", Map.of("name", "Apache-2.0")),
                "paths",
                paths,
                "components",
                Map.of(
                        "schemas", Map.of("Problem", problemSchema()),
                        "securitySchemes", Map.of("token", Map.of("type", "http", "scheme", "bearer")))));
    }

    private static Map<String, Object> operation(Endpoint endpoint) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", operationId(endpoint));
        operation.put("summary", endpoint.summary());
        operation.put("tags", List.of(endpoint.tag()));
        operation.put("parameters", parameters(endpoint));
        if (endpoint.permission() != null) {
            operation.put("security", List.of(Map.of("token", List.of())));
            operation.put("description", "Roles: " + Role.with(endpoint.permission()) + ".");
        }
        if (endpoint.hasBody()) {
            operation.put("requestBody", Map.of("required", true, "content", content(endpoint)));
        }
        operation.put("responses", responses());
        return operation;
    }

    private static String operationId(Endpoint endpoint) {
        String words = endpoint.path().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
        return endpoint.method().toLowerCase(Locale.ROOT) + "_" + words;
    }

    private static List<Object> parameters(Endpoint endpoint) {
        List<Object> parameters = new ArrayList<>();
        Matcher matcher = PATH_PARAMETER.matcher(endpoint.path());
        while (matcher.find()) {
            parameters.add(Map.of("name", matcher.group(1), "in", "path", "required", true, "schema", TEXT));
        }
        for (Endpoint.Parameter query : endpoint.parameters()) {
            parameters.add(
                    Map.of("name", query.name(), "in", "query", "description", query.description(), "schema", TEXT));
        }
        return parameters;
    }

    private static Map<String, Object> content(Endpoint endpoint) {
        Map<String, Object> content = new LinkedHashMap<>();
        for (String mediaType : endpoint.saidTypes()) {
            content.put(mediaType, endpoint.fields().isEmpty() ? Map.of() : Map.of("schema", bodySchema(endpoint)));
        }
        return content;
    }

    private static Map<String, Object> bodySchema(Endpoint endpoint) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (BodyField field : endpoint.fields()) {
            Map<String, Object> property = new LinkedHashMap<>(type(field.type()));
            property.put("description", field.description());
            properties.put(field.name(), property);
        }
        List<String> required = endpoint.fields().stream()
                .filter(BodyField::required)
                .map(BodyField::name)
                .toList();
        return Map.of("type", "object", "properties", properties, "required", required, "additionalProperties", false);
    }

    private static Map<String, Object> type(BodyField.Type type) {
        Map<String, Object> scalar = Map.of("type", List.of("string", "number", "boolean"));
        return switch (type) {
            case SCALAR -> scalar;
            case SCALARS -> Map.of("type", "object", "additionalProperties", scalar);
            case TEXTS -> Map.of("type", "array", "items", TEXT);
            default -> Map.of("type", type.label());
        };
    }

    private static Map<String, Object> responses() {
        Map<String, Object> problem = Map.of(
                "description",
                "What was wrong, and what may help (RFC 9457).",
                "content",
                Map.of(Reply.PROBLEM_JSON, Map.of("schema", Map.of("$ref", "#/components/schemas/Problem"))));
        return new TreeMap<>(Map.of("2XX", Map.of("description", "Done."), "default", problem));
    }

    private static Map<String, Object> problemSchema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String name : List.of("type", "code", "title", "detail", "advice", "instance")) {
            properties.put(name, TEXT);
        }
        properties.put("status", Map.of("type", "integer"));
        return Map.of("type", "object", "properties", properties, "required", List.copyOf(properties.keySet()));
    }
}
