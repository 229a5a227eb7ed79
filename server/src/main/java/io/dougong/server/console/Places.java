package io.dougong.server.console;

import io.dougong.decisions.Decision;
import io.dougong.kernel.StorageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the places are that an application's events name. An application that wants a map leaves a file
 * {@code places/<application>.csv} in the home folder, with the columns {@code place,latitude,longitude}.
 */
final class Places {

    private static final int MOST = 5_000;
    private static final String FOLDER = "places";

    /** Degrees. */
    record Place(String name, double latitude, double longitude) {}

    /** Where something goes from and to; empty if not known. */
    record Pair(String from, String to) {
        static final Pair NONE = new Pair("", "");
    }

    private final Path folder;
    private final Map<String, Map<String, Place>> read = new HashMap<>();

    Places(Path home) {
        this.folder = home.resolve(FOLDER);
    }

    List<Place> of(String application) {
        return List.copyOf(map(application).values());
    }

    private synchronized Map<String, Place> map(String application) {
        return read.computeIfAbsent(application, name -> read(folder.resolve(name + ".csv")));
    }

    private static Map<String, Place> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        try {
            Map<String, Place> places = new java.util.LinkedHashMap<>();
            Files.readAllLines(file).stream()
                    .skip(1)
                    .limit(MOST)
                    .map(line -> line.split(",", -1))
                    .filter(cells -> cells.length == 3)
                    .forEach(cells -> places.put(
                            cells[0], new Place(cells[0], Double.parseDouble(cells[1]), Double.parseDouble(cells[2]))));
            return places;
        } catch (IOException unreadable) {
            throw StorageProblem.unreadable(file.toString(), unreadable);
        } catch (NumberFormatException malformed) {
            return Map.of();
        }
    }

    /** The places that the input names: an {@code origin} or {@code from} first, else in the order of the fields. */
    Pair named(Decision decision) {
        Map<String, Place> known = map(decision.application());
        if (known.isEmpty()) {
            return Pair.NONE;
        }
        Map<String, Object> input = decision.question().input();
        List<String> found = new ArrayList<>();
        input.forEach((field, value) -> {
            if (value instanceof String text && known.containsKey(text)) {
                found.add(field.startsWith("origin") || field.startsWith("from") ? 0 : found.size(), text);
            }
        });
        return found.size() < 2 ? Pair.NONE : new Pair(found.get(0), found.get(1));
    }
}
