package io.dougong.apps.flightdelay;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.Problem;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Leads through the acts: shows each in the console's bar, hears what those who look wish for, and goes on by itself. */
final class Presenter implements Teller {

    private static final String STAGE = "/api/v1/stage";
    private static final long TICK_MILLIS = 250;
    private static final long REFRESH_MILLIS = 1_000;
    private static final long READING_MILLIS = 7_000;
    private static final long MILLIS_A_LETTER = 45;

    /** An act with the name of its texts. */
    record Named(String name, Act act) {}

    private final DemoServer server;
    private final List<Named> acts;
    private final boolean alone;
    private final PrintStream out;
    private final Map<Integer, Scene> shown = new HashMap<>();
    private final List<String> wishes = new ArrayList<>();
    private Scene scene;
    private boolean playing = true;
    private boolean watched;
    private int cues = (int) (System.nanoTime() & 0xfffff);

    /** @param alone whether nobody looks and nobody presses: it goes on at once */
    Presenter(DemoServer server, List<Named> acts, boolean alone, PrintStream out) {
        this.server = server;
        this.acts = List.copyOf(acts);
        this.alone = alone;
        this.out = out;
        this.scene = new Scene(0, acts.size(), acts.getFirst().name());
    }

    /** Whether everything that was shown came out as told. */
    boolean walk() throws InterruptedException {
        try {
            int at = 0;
            while (at < acts.size()) {
                bring(at);
                at = Math.max(0, at + next(at));
            }
        } catch (Left left) {
            out.println("  The walk was left.");
        }
        server.text("DELETE", STAGE, "", "");
        return shown.values().stream().allMatch(Scene::held);
    }

    /** Shows an act again, or lets it happen. */
    private void bring(int at) throws InterruptedException {
        Scene before = shown.get(at);
        if (before != null) {
            scene = before;
            scene.cue = ++cues;
            show();
            return;
        }
        Named named = acts.get(at);
        scene = new Scene(at, acts.size(), named.name());
        shown.put(at, scene);
        try {
            named.act().play(this);
        } catch (UncheckedIOException | IllegalStateException | Problem broken) {
            scene.proof("failed", String.valueOf(broken.getMessage()), false);
        }
        scene.busy = false;
        show();
        print(scene);
    }

    private void print(Scene told) {
        out.printf(Locale.ROOT, "  %2d/%d  %s%n", told.step + 1, told.steps, told.title.en());
        for (Scene.Fact fact : told.facts) {
            String mark = fact.tone().equals("low") ? "✓" : fact.tone().equals("high") ? "✗" : "·";
            out.printf(
                    "         %s %s: %s%n", mark, fact.name().en(), fact.value().en());
        }
        if (!told.command.isEmpty()) {
            out.printf("         $ %s%n", told.command);
        }
    }

    /** Which way to go from here: 1 or -1. */
    private int next(int at) {
        long began = System.nanoTime();
        long reading = READING_MILLIS + MILLIS_A_LETTER * scene.text.en().length();
        long refreshed = began;
        if (alone) {
            return 1;
        }
        while (true) {
            sleep(TICK_MILLIS);
            hear();
            Integer step = wished();
            if (step != null) {
                return step;
            }
            began = watched ? began : System.nanoTime();
            if (playing && at < acts.size() - 1 && millisSince(began) > reading) {
                return 1;
            }
            if (millisSince(refreshed) > REFRESH_MILLIS) {
                refreshed = System.nanoTime();
                acts.get(at).act().refresh(scene);
                show();
            }
        }
    }

    private @Nullable Integer wished() {
        for (String wish : List.copyOf(wishes)) {
            wishes.remove(wish);
            if (wish.equals("NEXT")) {
                return 1;
            }
            if (wish.equals("BACK")) {
                return -1;
            }
        }
        return null;
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private void hear() {
        heard(server.get(STAGE));
    }

    private void heard(JsonNode answer) {
        watched = answer.path("watched").asBoolean();
        for (JsonNode wish : answer.path("wishes")) {
            switch (wish.asText()) {
                case "EXIT" -> throw new Left();
                case "PLAY" -> playing = true;
                case "PAUSE" -> playing = false;
                default -> wishes.add(wish.asText());
            }
        }
        if (scene.playing != playing) {
            show();
        }
    }

    @Override
    public Scene scene() {
        return scene;
    }

    @Override
    public void show() {
        scene.playing = playing;
        if (scene.busy) {
            wishes.clear();
        }
        heard(server.post(STAGE, scene));
    }

    @Override
    public void page(String path, String mark, Scene.Hand... hands) {
        scene.page = path;
        scene.mark = mark;
        scene.hands = List.of(hands);
        scene.cue = ++cues;
        show();
    }

    @Override
    public void rest(long millis) {
        if (!alone) {
            pause(millis);
        }
    }

    @Override
    public void pause(long millis) {
        sleep(millis);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.");
        }
    }
}
