package io.dougong.manifest;

import java.util.List;
import java.util.Locale;

/** One step from the application that runs to the one that is wanted. */
public sealed interface Change {

    /** What kind of part it is. */
    enum Part {
        APPLICATION,
        STREAM,
        VIEW,
        MODEL,
        DECISION;

        /** In words, e.g. {@code stream}. */
        public String label() {
            return this == VIEW ? "feature view" : name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A place in a part's definition that differs.
     *
     * @param path within the part, e.g. {@code fields.delay.max}
     * @param before as in the manifest; empty if it was not there
     * @param after as in the manifest; empty if it is gone
     */
    record Difference(String path, String before, String after) {}

    Part part();

    String name();

    List<Consequence> consequences();

    /** Why this step cannot be taken; empty if it can. */
    default List<String> refusals() {
        return List.of();
    }

    /** A part that was not there. */
    record Added(Part part, String name, List<Consequence> consequences) implements Change {

        public Added {
            consequences = List.copyOf(consequences);
        }
    }

    /** A part whose definition differs. */
    record Changed(
            Part part, String name, List<Difference> differences, List<Consequence> consequences, List<String> refusals)
            implements Change {

        public Changed {
            differences = List.copyOf(differences);
            consequences = List.copyOf(consequences);
            refusals = List.copyOf(refusals);
        }
    }

    /**
     * A part whose own definition stays, but not the meaning of what it names.
     *
     * @param because what changed beneath it, e.g. {@code stream arrivals}
     */
    record Affected(Part part, String name, List<String> because, List<Consequence> consequences) implements Change {

        public Affected {
            because = List.copyOf(because);
            consequences = List.copyOf(consequences);
        }
    }

    /** A part that is no longer wanted. */
    record Removed(Part part, String name, List<Consequence> consequences) implements Change {

        public Removed {
            consequences = List.copyOf(consequences);
        }
    }
}
