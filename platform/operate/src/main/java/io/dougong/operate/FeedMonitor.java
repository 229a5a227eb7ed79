package io.dougong.operate;

import io.dougong.kernel.Row;
import io.dougong.operate.Reading.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final int places;
    private final Map<String, GroupMonitor> groups = new TreeMap<>();
    private final List<Map<String, GroupMonitor>> byValue;
    private final List<Set<String>> seen = new ArrayList<>();
    private final List<ShareCheck> checks = new ArrayList<>();
    private final ArrayDeque<Long> recent = new ArrayDeque<>();
    private final Set<Long> recentSet = new HashSet<>();
    private final Gauge freshness;
    private long window;
    private long newest;
    private long longestGap;
    private long windows;
    private long events;
    private int stuck;

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
            long windows,
            long events) {}

    FeedMonitor(FeedShape shape, MonitorsDefinition monitors, @Nullable Kept before) {
        this.shape = shape;
        this.windowMicros = monitors.windowMicros();
        this.texts = shape.texts();
        this.keyPlace = shape.schema().place(shape.key());
        this.groupPlaces = shape.groups().stream()
                .mapToInt(group -> shape.schema().place(group))
                .toArray();
        this.places = shape.schema().size();
        this.byValue = Stream.generate(() -> (Map<String, GroupMonitor>) new HashMap<String, GroupMonitor>())
                .limit(groupPlaces.length)
                .toList();
        this.freshness = new Gauge(shape.stream() + "/freshness", Kind.FEED, "freshness", "seconds");
        List<ShareCheck.Kept> kept = before == null ? List.of() : before.checks();
        checks(kept);
        if (before == null) {
            window = Long.MIN_VALUE;
            newest = Long.MIN_VALUE;
            for (int i = 0; i < texts.length; i++) {
                seen.add(new HashSet<>());
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
        before.groups().forEach((name, group) -> restore(name, new GroupMonitor(shape, name, group)));
        before.seen().forEach(set -> seen.add(new HashSet<>(set)));
        events = before.events();
        recent.addAll(before.recent());
        recentSet.addAll(before.recent());
        freshness.restore(before.freshness());
        window = before.window();
        newest = before.newest();
        longestGap = before.longestGap();
        windows = before.windows();
    }

    private void restore(String name, GroupMonitor group) {
        groups.put(name, group);
        stuck += group.stuck();
        for (int i = 0; i < groupPlaces.length; i++) {
            String start = shape.name(groupPlaces[i]) + FeedShape.SEPARATOR;
            if (name.startsWith(start)) {
                byValue.get(i).put(name.substring(start.length()), group);
            }
        }
    }

    Kept kept() {
        Map<String, GroupMonitor.Kept> keptGroups = new TreeMap<>();
        groups.forEach((name, group) -> keptGroups.put(name, group.kept()));
        return new Kept(
                keptGroups,
                seen.stream().<Set<String>>map(TreeSet::new).toList(),
                checks.stream().map(ShareCheck::kept).toList(),
                List.copyOf(recent),
                freshness.kept(),
                window,
                newest,
                longestGap,
                windows,
                events);
    }

    void add(long micros, Row row) {
        gap(micros);
        events++;
        if (repeated(row)) {
            checks.get(0).hit();
        }
        for (int i = 0; i < texts.length; i++) {
            if (unseen(i, row.text(texts[i]))) {
                checks.get(2 + i).hit();
            }
        }
        for (int place = 0; place < places; place++) {
            if (row.get(place) == null) {
                checks.get(2 + texts.length + place).hit();
            }
        }
        for (int i = 0; i < groupPlaces.length; i++) {
            GroupMonitor group = group(i, row.text(groupPlaces[i]));
            if (group != null) {
                stuck += group.add(micros, row);
            }
        }
    }

    /** Whether the row came from a group whose values are stuck. */
    boolean suspect(Row row) {
        if (stuck == 0) {
            return false;
        }
        for (int i = 0; i < groupPlaces.length; i++) {
            GroupMonitor group = byValue.get(i).get(String.valueOf(row.text(groupPlaces[i])));
            if (group != null && group.isStuck()) {
                return true;
            }
        }
        return false;
    }

    /** An event that the stream's schema did not allow. */
    void refused() {
        events++;
        checks.get(1).hit();
    }

    private void gap(long micros) {
        if (newest != Long.MIN_VALUE && !freshness.alarms()) {
            longestGap = Math.max(longestGap, micros - newest);
        }
        newest = Math.max(newest, micros);
    }

    private boolean repeated(Row row) {
        String key = String.valueOf(row.get(keyPlace));
        long hash = RowSample.hash(key.hashCode() + ((long) key.length() << Integer.SIZE));
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

    private @Nullable GroupMonitor group(int group, @Nullable String value) {
        if (value == null) {
            return null;
        }
        GroupMonitor found = byValue.get(group).get(value);
        if (found == null && groups.size() < MOST_GROUPS) {
            String name = shape.name(groupPlaces[group]) + FeedShape.SEPARATOR + value;
            found = new GroupMonitor(shape, name, null);
            groups.put(name, found);
            byValue.get(group).put(value, found);
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
        for (GroupMonitor group : groups.values()) {
            stuck += group.close(atMicros);
        }
        for (ShareCheck check : checks) {
            check.outOf(events);
        }
        events = 0;
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
