package io.dougong.server.console;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;

/** The few drawings of the console. */
final class Icons {

    private Icons() {}

    /** A dougong: block, arm, three blocks, beam. */
    static DomContent bracket(String cssClass) {
        return svg("0 0 48 48", cssClass)
                .with(
                        path("M4 7h40v5H4z"),
                        path("M5 15h9l-1.600 5.500h-5.800z"),
                        path("M19.500 15h9l-1.600 5.500h-5.800z"),
                        path("M34 15h9l-1.600 5.500h-5.800z"),
                        path("M6 23h36c0 6.500-5 10-11.500 10h-13C11 33 6 29.500 6 23z"),
                        path("M18.500 36h11l-2 6.500h-7z"));
    }

    static ContainerTag<?> svg(String viewBox, String cssClass) {
        return tag("svg")
                .attr("viewBox", viewBox)
                .attr("class", cssClass)
                .attr("aria-hidden", "true")
                .attr("focusable", "false");
    }

    private static ContainerTag<?> path(String d) {
        return tag("path").attr("d", d);
    }

    /** A line drawing of 24 by 24, by the name of its page. */
    static DomContent of(String page) {
        String d = switch (page) {
            case "overview" -> "M3 12l4-5 4 7 4-9 6 10M3 20h18";
            case "decisions" -> "M5 4h14v16H5zM8.500 9h7M8.500 12.500h7M8.500 16h4";
            case "reviews" ->
                "M12 12a4 4 0 100-8 4 4 0 000 8zM4.500 20c1-4 4-5.500 7.500-5.500s6.500 1.500 7.500 5.500";
            case "streams" -> "M3 7c4-3 5 3 9 0s5 3 9 0M3 13c4-3 5 3 9 0s5 3 9 0M3 19c4-3 5 3 9 0s5 3 9 0";
            case "features" -> "M5 20V10M10 20V4M15 20v-7M20 20V8";
            case "lake" ->
                "M4 6c0-1.700 3.600-3 8-3s8 1.300 8 3-3.600 3-8 3-8-1.300-8-3zM4 6v12c0 1.700 3.600 3 8 3s8-1.300 8-3V6M4 12c0 1.700 3.600 3 8 3s8-1.300 8-3";
            case "models" -> "M12 3v5M12 8L6 13M12 8l6 5M6 13v4M18 13v4M6 17h.01M18 17h.01M12 3h.01M4 20h4M16 20h4";
            case "experiments" ->
                "M9 3h6M10 3v6L4.500 18.500a1.500 1.500 0 001.300 2.300h12.400a1.500 1.500 0 001.300-2.300L14 9V3M7 15h10";
            case "monitors" -> "M3 12h4l2.500-6 4 12 2.500-6h5";
            case "audit" -> "M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM9 12l2 2 4-4.500";
            case "settings" -> "M4 7h10M18 7h2M4 17h4M12 17h8M16 5v4M10 15v4";
            default -> "M8 5v14l11-7z";
        };
        return svg("0 0 24 24", "icon").with(path(d));
    }
}
