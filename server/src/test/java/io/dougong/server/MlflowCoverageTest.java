package io.dougong.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.dougong.kernel.Ids;
import io.dougong.tracking.PlatformModels;
import io.dougong.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table in the guide says what the routes do, no more and no less. */
class MlflowCoverageTest {

    private static final Pattern ROW = Pattern.compile("^\\| (GET|POST|PUT|PATCH|DELETE) \\| `([^`]+)` \\|.*");

    @TempDir
    Path folder = Path.of("");

    @Test
    void theTableOfTheGuideIsTheTableOfRoutes() throws IOException {
        List<String> told = Files.readAllLines(Path.of("..", MlflowDoor.COVERAGE)).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();
        Ids ids = new Ids(Clock.systemUTC(), new Random(1));
        try (Tracking tracking = Tracking.open(folder, ids, Clock.systemUTC(), PlatformModels.NONE)) {
            List<String> routes = new MlflowRoutes(tracking)
                    .endpoints().stream()
                            .map(endpoint -> endpoint.method() + " " + endpoint.path())
                            .toList();
            assertThat(told).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(routes);
        }
    }
}
