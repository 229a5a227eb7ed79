package io.dougong.apps.flightdelay;

import io.dougong.kernel.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Where the airports are, left in the home folder so that the console can draw a map. */
final class AirportMap {

    private static final int COLUMNS_AFTER_PLACE = 3;

    private AirportMap() {}

    /** @param csv with the code in the first column and latitude, longitude, zone in the last three */
    static void leave(Path csv, Path home, String application) {
        try {
            String places = Files.readAllLines(csv).stream()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .map(cells -> String.join(
                            ",",
                            cells[0],
                            cells[cells.length - COLUMNS_AFTER_PLACE],
                            cells[cells.length - COLUMNS_AFTER_PLACE + 1]))
                    .collect(Collectors.joining("\n", "place,latitude,longitude\n", "\n"));
            Path folder = Files.createDirectories(home.resolve("places"));
            DurableFiles.write(folder.resolve(application + ".csv"), places.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
