package io.dougong.server.console;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Places as dots on an equirectangular map with true proportions in their middle; the page's script draws what moves between them. */
final class PlaceMap {

    private static final int WIDE = 800;
    private static final int HIGH = 440;
    private static final int EDGE = 66;

    private PlaceMap() {}

    /** @param busy names of the places that the frame must hold; all of them if there are none */
    static DomContent of(String label, List<Places.Place> places, Set<String> busy) {
        List<Places.Place> inside =
                places.stream().filter(place -> busy.contains(place.name())).toList();
        List<Places.Place> framed = inside.size() < 2 ? places : inside;
        double south = extreme(framed, Places.Place::latitude, false);
        double north = extreme(framed, Places.Place::latitude, true);
        double west = extreme(framed, Places.Place::longitude, false);
        double east = extreme(framed, Places.Place::longitude, true);
        double squeeze = StrictMath.cos(StrictMath.toRadians((south + north) / 2));
        double scale = Math.min(
                (WIDE - 2.0 * EDGE) / Math.max(1e-6, (east - west) * squeeze),
                (HIGH - 2.0 * EDGE) / Math.max(1e-6, north - south));
        ContainerTag<?> chart = Charts.image(label, WIDE, HIGH, "map").attr("id", "map");
        ContainerTag<?> dots = tag("g").attr("class", "places");
        for (Places.Place place : places) {
            double x = WIDE / 2.0 + (place.longitude() - (west + east) / 2) * squeeze * scale;
            double y = HIGH / 2.0 - (place.latitude() - (south + north) / 2) * scale;
            if (x > 0 && x < WIDE && y > 0 && y < HIGH) {
                dots.with(tag("circle")
                        .attr("cx", Charts.n(x))
                        .attr("cy", Charts.n(y))
                        .attr("r", "2")
                        .attr("data-place", place.name()));
            }
        }
        return chart.with(dots, tag("g").attr("id", "arcs"));
    }

    private static double extreme(List<Places.Place> places, ToDoubleFunction<Places.Place> degree, boolean highest) {
        DoubleSummaryStatistics all = places.stream().mapToDouble(degree).summaryStatistics();
        return highest ? all.getMax() : all.getMin();
    }
}
