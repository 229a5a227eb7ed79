package io.dougong.tracking;

import java.util.List;

/** Whether something is there or was put away; what was put away can be brought back. */
public enum Lifecycle {
    ACTIVE("active"),
    DELETED("deleted");

    /** Which of both a search shows. */
    public enum View {
        ACTIVE_ONLY(ACTIVE),
        DELETED_ONLY(DELETED),
        ALL(ACTIVE, DELETED);

        private final List<Lifecycle> shown;

        View(Lifecycle... shown) {
            this.shown = List.of(shown);
        }

        public List<Lifecycle> shown() {
            return shown;
        }
    }

    private final String label;

    Lifecycle(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    static Lifecycle of(String label) {
        return label.equals(ACTIVE.label) ? ACTIVE : DELETED;
    }
}
