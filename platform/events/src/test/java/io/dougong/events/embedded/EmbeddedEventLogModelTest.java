package io.dougong.events.embedded;

import io.dougong.events.EventLog;
import io.dougong.events.EventLogModelContract;
import io.dougong.events.ManualClock;
import java.nio.file.Path;

class EmbeddedEventLogModelTest extends EventLogModelContract {

    @Override
    protected EventLog open(Path folder, ManualClock clock) {
        return EmbeddedEventLog.open(folder.resolve("events"), EmbeddedSettings.DEFAULT, clock);
    }
}
