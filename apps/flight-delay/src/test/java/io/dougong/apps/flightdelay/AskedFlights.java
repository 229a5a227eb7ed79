package io.dougong.apps.flightdelay;

import io.dougong.decisions.FeatureValue;
import io.dougong.events.Appended;
import io.dougong.events.EventLog;
import io.dougong.events.EventReader;
import io.dougong.features.Derivation;
import io.dougong.features.FeatureDefinitions;
import io.dougong.features.FeatureEvent;
import io.dougong.features.FeatureQuery;
import io.dougong.features.FeatureStream;
import io.dougong.features.PointInTime;
import io.dougong.kernel.Row;
import io.dougong.learn.CrossValidated;
import io.dougong.learn.Progress;
import io.dougong.manifest.Application;
import io.dougong.manifest.ApplicationStream;
import io.dougong.models.FeatureSpec;
import io.dougong.node.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Every flight with the feature values that it would have been asked with, and the probability that a model gives which has not seen it
 * (the one of its fold), oldest first.
 */
record AskedFlights(List<FeatureSpec> features, List<Asked> flights) {

    private static final String MODEL = "late-arrival";
    private static final int BATCH = 2_000;
    private static final int MOST_LAG = 20_000;
    private static final int FOLDS = 2;

    /** @param values numbers as floats, texts as they are, missing null */
    record Asked(long micros, long knownMicros, @Nullable Object[] values, double probability, boolean late) {

        String origin() {
            return String.valueOf(values[3]);
        }

        String destination() {
            return String.valueOf(values[4]);
        }
    }

    /** Sends all flights through the node, so that the model is trained as always, and reads their features once more. */
    static AskedFlights of(Node node, Application application, Flights flights) {
        node.apply(application, "test");
        send(node, application.name(), new FlightStream(flights));
        node.awaitDecided(application.name());
        node.awaitLake(application.name());
        CrossValidated crossed = node.models().crossValidate(application.name(), MODEL, FOLDS, Progress.NONE);
        Map<String, Double> probabilities = new HashMap<>();
        crossed.rows().forEach(row -> probabilities.put(row.key(), row.outputs().getFirst()));
        return new Reading(application).read(new FlightStream(flights), flights, probabilities);
    }

    private static void send(Node node, String application, FlightStream stream) {
        List<Node.StreamEvent> batch = new ArrayList<>(BATCH);
        CompletableFuture<List<Appended>> last = CompletableFuture.completedFuture(List.of());
        while (stream.hasNext()) {
            FlightStream.Item item = stream.next();
            batch.add(new Node.StreamEvent(item.stream(), item.json()));
            if (batch.size() == BATCH || !stream.hasNext()) {
                EventLog.await(last);
                while (node.lag(application) > MOST_LAG) {
                    LockSupport.parkNanos(1_000_000);
                }
                last = node.append(application, List.copyOf(batch));
                batch.clear();
            }
        }
        EventLog.await(last);
    }

    List<FeatureValue> values(Asked asked) {
        List<FeatureValue> values = new ArrayList<>(features.size());
        for (int i = 0; i < features.size(); i++) {
            values.add(FeatureValue.asked(features.get(i).name(), asked.values()[i]));
        }
        return values;
    }

    /** One walk over the events. */
    private static final class Reading {

        private final Map<String, EventReader> readers = new HashMap<>();
        private final Map<String, FeatureStream> streams = new HashMap<>();
        private final List<String> fields;
        private final FeatureQuery query;
        private final PointInTime history;

        Reading(Application application) {
            for (ApplicationStream stream : application.streams()) {
                readers.put(stream.name(), new EventReader(stream.definition()));
                streams.put(
                        stream.name(),
                        new FeatureStream(
                                Derivation.compile(stream.definition().schema(), stream.derived()),
                                stream.definition().lateness()));
            }
            List<String> wanted = application.model(MODEL).orElseThrow().features();
            fields = wanted.stream().filter(name -> !name.contains(".")).toList();
            FeatureDefinitions definitions = FeatureDefinitions.of(application.features(), streams);
            query = definitions.query(
                    wanted.stream().filter(name -> name.contains(".")).toList(),
                    stream("departures").schema());
            history = new PointInTime(definitions);
        }

        private FeatureStream stream(String name) {
            return java.util.Objects.requireNonNull(streams.get(name));
        }

        AskedFlights read(FlightStream events, Flights flights, Map<String, Double> probabilities) {
            Map<String, Integer> places = new HashMap<>();
            for (int flight = 0; flight < flights.size(); flight++) {
                places.put(flights.id(flight), flight);
            }
            List<Asked> asked = new ArrayList<>();
            long offset = 0;
            while (events.hasNext()) {
                FlightStream.Item item = events.next();
                Row sent = java.util.Objects.requireNonNull(readers.get(item.stream()))
                        .read(item.json());
                Row row = stream(item.stream()).derivation().apply(sent);
                long micros = item.timeMillis() * 1_000;
                String id = String.valueOf(row.get("id"));
                Double probability = probabilities.get(id);
                if (item.stream().equals("departures") && probability != null) {
                    int flight = places.getOrDefault(id, 0);
                    asked.add(new Asked(
                            micros,
                            flights.knownMillis(flight) * 1_000,
                            values(row, micros),
                            probability,
                            flights.late(flight)));
                }
                history.event(new FeatureEvent(item.stream(), 0, offset++, micros, row));
            }
            return new AskedFlights(specs(), asked);
        }

        private @Nullable Object[] values(Row row, long micros) {
            @Nullable Object[] values = new @Nullable Object[fields.size() + query.size()];
            for (int i = 0; i < fields.size(); i++) {
                values[i] = row.get(fields.get(i)) instanceof Number number
                        ? (Object) number.floatValue()
                        : row.get(fields.get(i));
            }
            double[] read = history.ask(query, row, micros).values();
            for (int i = 0; i < read.length; i++) {
                values[fields.size() + i] = Double.isNaN(read[i]) ? null : (Object) (float) read[i];
            }
            return values;
        }

        private List<FeatureSpec> specs() {
            List<FeatureSpec> specs = new ArrayList<>();
            fields.forEach(name -> specs.add(
                    name.equals("origin") || name.equals("destination")
                            ? FeatureSpec.categorical(name, List.of("any"))
                            : FeatureSpec.numeric(name)));
            query.names().forEach(name -> specs.add(FeatureSpec.numeric(name)));
            return specs;
        }
    }
}
