package io.dougong.server.console;

import io.dougong.kernel.Digest;
import io.dougong.kernel.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A walk through the console that somebody presents: what is said now, which page goes with it, and what those who look wish for.
 * In memory only: the presenter is another process, which sees this server die and tells the new one where the walk is.
 */
public final class Stage {

    private static final int MOST_WISHES = 64;
    private static final int TAG_LENGTH = 16;
    private static final long WATCHED_NANOS = 4_000_000_000L;

    /** A text in both languages. */
    public record Said(String en, String zh) {

        String in(Language language) {
            return language == Language.ZH ? zh : en;
        }
    }

    /**
     * A figure beside the narration.
     *
     * @param tone {@code low} for as promised, {@code high} for not, {@code quiet} for neither
     */
    public record Fact(Said name, Said value, String tone) {}

    /**
     * Something that is done on the page: an element of it is pressed, or gets a value.
     *
     * @param target a CSS selector
     * @param value empty to press
     */
    public record Hand(String target, String value) {}

    /**
     * What is on stage.
     *
     * @param step of {@code steps}, from 0
     * @param busy whether it is still happening
     * @param playing whether the next step comes by itself
     * @param command what was typed for it, empty if nothing
     * @param answer what the command said
     * @param cue changes whenever the page is to be brought to {@code page}
     * @param mark the element of the page that is meant; empty for none
     * @param hands what is done there, in order
     */
    public record Scene(
            int step,
            int steps,
            boolean busy,
            boolean playing,
            Said title,
            Said text,
            List<Fact> facts,
            String command,
            String answer,
            int cue,
            String page,
            String mark,
            List<Hand> hands) {

        public Scene {
            facts = List.copyOf(facts);
            hands = List.copyOf(hands);
        }
    }

    /** What somebody who looks asks the presenter for. */
    public enum Act {
        NEXT,
        BACK,
        PLAY,
        PAUSE,
        EXIT;

        static Optional<Act> of(String name) {
            for (Act act : values()) {
                if (act.name().equals(name.toUpperCase(Locale.ROOT))) {
                    return Optional.of(act);
                }
            }
            return Optional.empty();
        }
    }

    /** @param number counts from 1 */
    public record Wish(long number, Act act) {}

    /** A scene with a name that changes with its content. */
    record Shown(Scene scene, String tag) {}

    private final LongSupplier nanos;
    private final Deque<Wish> wishes = new ArrayDeque<>();
    private @Nullable Shown shown;
    private long wished;
    private long looked;
    private boolean everLooked;

    Stage(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public synchronized void show(Scene scene) {
        shown = new Shown(scene, Digest.of(Json.bytes(scene)).hex().substring(0, TAG_LENGTH));
    }

    /** The walk is over. */
    public synchronized void leave() {
        shown = null;
        everLooked = false;
        wishes.clear();
    }

    synchronized Optional<Shown> shown() {
        return Optional.ofNullable(shown);
    }

    /** Somebody looks at it now. */
    synchronized void look() {
        looked = nanos.getAsLong();
        everLooked = true;
    }

    /** Whether somebody has looked within the last seconds. */
    public synchronized boolean watched() {
        return everLooked && nanos.getAsLong() - looked < WATCHED_NANOS;
    }

    /** The oldest are forgotten if the presenter does not ask. */
    synchronized void wish(Act act) {
        wishes.addLast(new Wish(++wished, act));
        if (wishes.size() > MOST_WISHES) {
            wishes.removeFirst();
        }
    }

    /** What was wished for since the presenter last asked. */
    public synchronized List<Wish> takeWishes() {
        List<Wish> taken = List.copyOf(wishes);
        wishes.clear();
        return taken;
    }
}
