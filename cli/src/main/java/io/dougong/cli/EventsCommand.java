package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.Json;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "events",
        description = "Append and read events.",
        subcommands = {EventsCommand.Append.class, EventsCommand.Tail.class, EventsCommand.Replay.class})
final class EventsCommand extends Dougong.Group {

    @CommandLine.Command(
            name = "append",
            description = "Append events, one JSON object a line; durable when the command ends.",
            footer = {
                "%nExamples:",
                "  dougong events append flight-delay/departures --file departures.jsonl",
                "  echo '{\"id\": …}' | dougong events append flight-delay/departures"
            })
    static final class Append extends Command {

        private static final String LINES = "application/x-ndjson";
        private static final int LINES_PER_REQUEST = 2_000;
        private static final int BYTES_PER_REQUEST = 1 << 20;

        @Parameters(paramLabel = "APP/STREAM", converter = Part.Converter.class)
        @Nullable
        Part stream;

        @Option(names = "--file", paramLabel = "FILE", description = "One event a line (default: standard input).")
        Path file = Path.of("-");

        private long appended;
        private long duplicates;

        @Override
        public Integer call() {
            try (BufferedReader lines = reader()) {
                ByteArrayOutputStream batch = new ByteArrayOutputStream();
                int count = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.isBlank()) {
                        continue;
                    }
                    batch.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
                    if (++count == LINES_PER_REQUEST || batch.size() > BYTES_PER_REQUEST) {
                        send(batch);
                        count = 0;
                    }
                }
                send(batch);
            } catch (IOException unreadable) {
                throw Refusal.of(Exit.USAGE, "unreadable-file", "Could not read " + file + ".", "");
            }
            JsonNode result = object().put("appended", appended).put("duplicates", duplicates);
            return show(
                    result,
                    () -> screen().good(appended + " events appended to " + stream
                            + (duplicates == 0 ? "." : ", " + duplicates + " were there already.")));
        }

        private BufferedReader reader() throws IOException {
            return file.toString().equals("-")
                    ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                    : Files.newBufferedReader(file);
        }

        private void send(ByteArrayOutputStream batch) {
            if (batch.size() == 0) {
                return;
            }
            Part to = java.util.Objects.requireNonNull(stream);
            JsonNode answer;
            try {
                answer = client().post(
                                Client.path("applications", to.application(), "streams", to.name(), "events"),
                                LINES,
                                batch.toByteArray());
            } catch (Refusal refused) {
                if (appended > 0) {
                    screen().line(appended + " events before this part were appended and stay.");
                }
                throw refused;
            }
            appended += answer.path("appended").asLong();
            duplicates += answer.path("duplicates").asLong();
            batch.reset();
        }
    }

    /** What reading commands share. */
    abstract static class Reading extends Command {
        @Parameters(paramLabel = "APP/STREAM", converter = Part.Converter.class)
        @Nullable
        Part stream;

        @Option(names = "--from", paramLabel = "OFFSET", description = "First offset of each partition.")
        @Nullable
        Long from;

        @Option(
                names = "--since",
                paramLabel = "TIME",
                description = "First time of arrival, e.g. 2001-01-01T00:00:00Z.")
        @Nullable
        String since;

        Map<String, String> start() {
            Map<String, String> query = new LinkedHashMap<>();
            if (from != null) {
                query.put("from", from.toString());
            }
            if (since != null) {
                query.put("since", since);
            }
            return query;
        }

        String path(String last) {
            Part of = java.util.Objects.requireNonNull(stream);
            return Client.path("applications", of.application(), "streams", of.name(), last);
        }

        void print(JsonNode event) {
            if (json()) {
                screen().compact(event);
            } else {
                screen().line(screen().style("faint", event.path("position").asText()) + "  "
                        + Screen.cell("timeMicros", event.path("timeMicros")) + "  " + Json.text(event.path("data")));
            }
        }
    }

    @CommandLine.Command(
            name = "tail",
            description = "Show events as they arrive, until interrupted.",
            footer = {"%nExample:", "  dougong events tail flight-delay/departures --json | jq .data.origin"})
    static final class Tail extends Reading {

        @Option(names = "--max", paramLabel = "N", description = "Stop after so many events.")
        long max = Long.MAX_VALUE;

        @Override
        public Integer call() {
            try (Stream<String> lines = client().feed(path("tail") + Client.query(start()))) {
                lines.limit(max).forEach(line -> print(Json.tree(line.getBytes(StandardCharsets.UTF_8))));
            } catch (UncheckedIOException ended) {
                throw Refusal.notRunning(client().address(), "the connection broke");
            }
            return Exit.OK;
        }
    }

    @CommandLine.Command(
            name = "replay",
            description = "Read stored events again, from an offset or a time.",
            footer = {"%nExample:", "  dougong events replay flight-delay/departures --from 0 --max 100"})
    static final class Replay extends Reading {

        @Option(names = "--max", paramLabel = "N", description = "At most so many events (default: ${DEFAULT-VALUE}).")
        int max = 100;

        @Override
        public Integer call() {
            Map<String, String> query = start();
            query.put("max", Integer.toString(max));
            client().get(path("events") + Client.query(query)).path("events").forEach(this::print);
            return Exit.OK;
        }
    }
}
