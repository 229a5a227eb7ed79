package io.dougong.server.console;

import io.dougong.kernel.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Style, scripts and the mark: a fixed set, each under an address that changes with its content. */
final class StaticFiles {

    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final int SHORT = 12;
    private static final int NOT_FOUND = 404;

    @SuppressWarnings("ArrayRecordComponent")
    private record Item(String contentType, byte[] bytes, String tag) {}

    private final Map<String, Item> items = new TreeMap<>();

    StaticFiles() {
        add("console.css", "text/css; charset=utf-8", "/console/console.css");
        add("console.js", "text/javascript; charset=utf-8", "/console/console.js");
        add("stage.js", "text/javascript; charset=utf-8", "/console/stage.js");
        add("mark.svg", "image/svg+xml", "/console/mark.svg");
        add("htmx.js", "text/javascript; charset=utf-8", WEBJARS + "htmx.org/2.0.10/dist/htmx.min.js");
        add("uplot.js", "text/javascript; charset=utf-8", WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js");
        add("uplot.css", "text/css; charset=utf-8", WEBJARS + "uplot/1.6.30/dist/uPlot.min.css");
    }

    private void add(String name, String contentType, String resource) {
        try (InputStream in = Objects.requireNonNull(StaticFiles.class.getResourceAsStream(resource), resource)) {
            byte[] bytes = in.readAllBytes();
            items.put(name, new Item(contentType, bytes, Digest.of(bytes).hex().substring(0, SHORT)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    String url(String name) {
        return "/static/" + name + "?v="
                + Objects.requireNonNull(items.get(name), name).tag();
    }

    Response answer(Visit visit) {
        Item item = items.get(visit.at("file"));
        if (item == null) {
            return Response.bytes("text/plain", new byte[0]).as(NOT_FOUND);
        }
        return Response.bytes(item.contentType(), item.bytes()).with("Cache-Control", FOREVER);
    }
}
