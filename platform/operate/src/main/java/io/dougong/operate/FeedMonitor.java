package io.dougong.operate;

import io.dougong.kernel.Row;
import io.dougong.operate.Reading.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The quality of one stream's events, learnt as they come: per field, per feed, and of the stream as a whole. */
final class FeedMonitor {

    private static final int MOST_GROUPS = 500;
    private static final int MOST_TEXTS = 2_000;
    private static final int RECENT_KEYS = 5_000;
    private static final double SILENCE = 3;
    private static final int LEAST_WINDOWS = 14;
    private static final double MICROS_PER_SECOND = 1e6;

    private final FeedShape shape;
    private final long windowMicros;
    private final int[] texts;
    private final int[] groupPlaces;
    private final int keyPlace;
    private final Map<String, GroupMonitor> groups = new TreeMap<>();
    private final List<Set<String>> seen = new ArrayList<>();
    private final List<ShareCheck> checks = new ArrayList<>();
    private final ArrayDeque<Long> recent = new ArrayDeque<>();
    private final Set<Long> recentSet = new HashSet<>();
    private final Gauge freshness;
    private long window;
    private long newest;
    private long longestGap;
    private long windows;

    /** Everything that must survive. */
    record Kept(
            Map<String, GroupMonitor.Kept> groups,
            List<Set<String>> seen,
            List<ShareCheck.Kept> checks,
            List<Long> recent,
            Gauge.Kept freshness,
            long window,
            long newest,
            long longestGap,
            long windows) {}

    FeedMonitor(FeedShape shape, MonitorsDefinition monitors, @Nullable Kept before) {
        this.shape = shape;
        this.windowMicros = monitors.windowMicros();
        this.texts = shape.texts();
        this.keyPlace = shape.schema().place(shape.key());
        this.groupPlaces = shape.groups().stream()
                .mapToInt(group -> shape.schema().place(group))
                .toArray();
        this.freshness = new Gauge(shape.stream() + "/freshness", Kind.FEED, "freshness", "seconds");
        List<ShareCheck.Kept> kept = before == null ? List.of() : before.checks();
        checks(kept);
        if (before == null) {
            window = Long.MIN_VALUE;
            newest = Long.MIN_VALUE;
            for (int i = 0; i < texts.length; i++) {
                seen.add(new TreeSet<>());
            }
        } else {
            restore(before);
        }
    }

    private void checks(List<ShareCheck.Kept> kept) {
        List<String[]> wanted = new ArrayList<>();
        wanted.add(new String[] {"duplicates", ""});
        wanted.add(new String[] {"refused", ""});
        for (int text : texts) {
            wanted.add(new String[] {"unseen", shape.name(text)});
        }
        for (int place = 0; place < shape.schema().size(); place++) {
            wanted.add(new String[] {"missing", shape.name(place)});
        }
        for (int i = 0; i < wanted.size(); i++) {
            checks.add(new ShareCheck(
                    shape.stream(), wanted.get(i)[0], wanted.get(i)[1], i < kept.size() ? kept.get(i) : null));
        }
    }

    private void restore(Kept before) {
        before.groups().forEach((name, group) -> groups.put(name, new GroupMonitor(shape, name, group)));
        before.seen().forEach(set -> seen.add(new TreeSet<>(set)));
        recent.addAll(before.recent());
        recentSet.addAll(before.recent());
        freshness.restore(before.freshness());
        window = before.window();
        newest = before.newest();
        longestGap = before.longestGap();
        windows = before.windows();
    }

    Kept kept() {
        Map<String, GroupMonitor.Kept> keptGroups = new TreeMap<>();
        groups.forEach((name, group) -> keptGroups.put(name, group.kept()));
        return new Kept(
                keptGroups,
                List.copyOf(seen),
                checks.stream().map(ShareCheck::kept).toList(),
                List.copyOf(recent),
                freshness.kept(),
                window,
                newest,
                longestGap,
                windows);
    }

    void add(long micros, Row row) {
        gap(micros);
        checks.get(0).add(repeated(row));
        checks.get(1).add(false);
        for (int i = 0; i < texts.length; i++) {
            checks.get(2 + i).add(unseen(i, row.text(texts[i])));
        }
        int first = 2 + texts.length;
        for (int place = 0; place < shape.schema().size(); place++) {
            checks.get(first + place).add(row.get(place) == null);
        }
        for (int place : groupPlaces) {
            GroupMonitor group = group(place, row.text(place));
            if (group != null) {
                group.add(micros, row);
            }
        }
    }

    /** Whether the row came from a group whose values are stuck. */
    boolean suspect(Row row) {
        for (int place : groupPlaces) {
            GroupMonitor group = groups.get(shape.name(place) + "=" + row.text(place));
            if (group != null && group.isStuck()) {
                return true;
            }
        }
        return false;
    }

    /** An event that the stream's schema did not allow. */
    void refused() {
        checks.get(1).add(true);
    }

    private void gap(long micros) {
        if (newest != Long.MIN_VALUE && !freshness.alarms()) {
            longestGap = Math.max(longestGap, micros - newest);
        }
        newest = Math.max(newest, micros);
    }

    private boolean repeated(Row row) {
        long hash = RowSample.hash(String.valueOf(row.get(keyPlace)).hashCode()
                + ((long) String.valueOf(row.get(keyPlace)).length() << 32));
        if (!recentSet.add(hash)) {
            return true;
        }
        recent.add(hash);
        if (recent.size() > RECENT_KEYS) {
            recentSet.remove(recent.remove());
        }
        return false;
    }

    private boolean unseen(int text, @Nullable String value) {
        Set<String> known = seen.get(text);
        return value != null && known.size() < MOST_TEXTS && known.add(value);
    }

    private @Nullable GroupMonitor group(int place, @Nullable String value) {
        if (value == null) {
            return null;
        }
        String name = shape.name(place) + "=" + value;
        GroupMonitor found = groups.get(name);
        if (found == null && groups.size() < MOST_GROUPS) {
            found = new GroupMonitor(shape, name, null);
            groups.put(name, found);
        }
        return found;
    }

    /** Event time, of all streams, has come so far. */
    void advance(long micros) {
        long now = Math.floorDiv(micros, windowMicros);
        if (window == Long.MIN_VALUE) {
            window = now;
        }
        if (now > window) {
            close((window + 1) * windowMicros);
            window = now;
            windows++;
        }
    }

    private void close(long atMicros) {
        groups.values().forEach(group -> group.close(atMicros));
        double[] pValues = checks.stream().mapToDouble(ShareCheck::pValue).toArray();
        boolean[] unusual = Evidence.benjaminiHochberg(pValues, ShareCheck.LEVEL);
        for (int i = 0; i < pValues.length; i++) {
            checks.get(i).close(atMicros, pValues[i], unusual[i]);
        }
        double silent = newest == Long.MIN_VALUE ? Double.NaN : Math.max(0, atMicros - newest) / MICROS_PER_SECOND;
        double limit = SILENCE * longestGap / MICROS_PER_SECOND;
        boolean alarm = windows >= LEAST_WINDOWS && silent > limit;
        freshness.show(atMicros, silent, limit, silent, limit, alarm, Map.of());
    }

    List<Diagnosis.Suspect> suspects() {
        List<Diagnosis.Suspect> suspects = new ArrayList<>();
        groups.values().forEach(group -> suspects.addAll(group.suspects()));
        gaugesOfStream()
                .filter(Gauge::alarms)
                .map(Gauge::reading)
                .map(reading -> new Diagnosis.Suspect(
                        shape.stream(), "", reading.subject(), "unusual", reading.evidence(), reading.sinceMicros()))
                .forEach(suspects::add);
        return suspects;
    }

    private Stream<Gauge> gaugesOfStream() {
        return Stream.concat(Stream.of(freshness), checks.stream().map(ShareCheck::gauge));
    }

    Stream<Gauge> gauges() {
        return Stream.concat(gaugesOfStream(), groups.values().stream().flatMap(GroupMonitor::gauges));
    }
}
