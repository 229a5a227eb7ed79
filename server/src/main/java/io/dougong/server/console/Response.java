package io.dougong.server.console;

import j2html.tags.DomContent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes back to the browser. */
@SuppressWarnings("ArrayRecordComponent")
public record Response(int status, String contentType, byte[] body, Map<String, String> headers) {

    private static final String HTML = "text/html; charset=utf-8";
    private static final int OK = 200;
    private static final int SEE_OTHER = 303;
    static final int GONE = 410;

    static Response html(String html) {
        return new Response(OK, HTML, html.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** A part of a page, put in place by htmx. */
    static Response part(DomContent content) {
        return html(content.render());
    }

    static Response bytes(String contentType, byte[] body) {
        return new Response(OK, contentType, body, Map.of());
    }

    /** To another page of the console; anything else becomes the first page. */
    static Response seeOther(String path) {
        boolean local = path.startsWith("/") && !path.startsWith("//") && !path.contains("\\");
        return new Response(SEE_OTHER, HTML, new byte[0], Map.of("Location", local ? path : "/"));
    }

    Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, contentType, body, more);
    }

    Response as(int otherStatus) {
        return new Response(otherStatus, contentType, body, headers);
    }
}
