package io.dougong.events.embedded;

import io.dougong.events.EventLog;
import io.dougong.events.EventLogContract;

class EmbeddedEventLogTest extends EventLogContract {

    @Override
    protected EventLog open() {
        return EmbeddedEventLog.open(folder.resolve("events"), EmbeddedSettings.DEFAULT, clock);
    }
}
