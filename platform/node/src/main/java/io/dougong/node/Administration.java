package io.dougong.node;

import io.dougong.events.Event;
import io.dougong.events.EventLog;
import io.dougong.events.Position;
import io.dougong.events.Stored;
import io.dougong.kernel.Ids;
import io.dougong.kernel.Json;
import io.dougong.kernel.Times;
import java.time.InstantSource;
import java.util.List;

/** Writes administrative acts to the log, then folds them into the tables of definitions: see ADR 0003. */
final class Administration {

    private static final String EVENT_TYPE = "io.dougong.admin.v1";
    private static final int FOLD_BATCH = 500;

    private final EventLog log;
    private final Definitions definitions;
    private final Ids ids;
    private final InstantSource clock;

    Administration(EventLog log, Definitions definitions, Ids ids, InstantSource clock) {
        this.log = log;
        this.definitions = definitions;
        this.ids = ids;
        this.clock = clock;
        fold();
    }

    /** Durable and in force when it returns. */
    void record(AdminEvent act) {
        record(act, ids.next());
    }

    /** Likewise; an act with an id that was used before is not done again. */
    synchronized void record(AdminEvent act, String id) {
        Event event = Event.of(id, "/node", EVENT_TYPE, "", Times.micros(clock.instant()), Json.bytes(act));
        EventLog.await(log.append(SystemStreams.ADMIN, event));
        fold();
    }

    /** Folds what the tables have not seen: all of it after a crash between log and tables. */
    private void fold() {
        List<Stored> unseen = unseen();
        while (!unseen.isEmpty()) {
            definitions.fold(unseen);
            unseen = unseen();
        }
    }

    private List<Stored> unseen() {
        return log.read(new Position(SystemStreams.ADMIN, 0, definitions.reached()), FOLD_BATCH);
    }
}
