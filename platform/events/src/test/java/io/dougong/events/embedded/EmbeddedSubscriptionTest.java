package io.dougong.events.embedded;

import io.dougong.events.EventLog;
import io.dougong.events.SubscriptionContract;

class EmbeddedSubscriptionTest extends SubscriptionContract {

    @Override
    protected EventLog open() {
        return EmbeddedEventLog.open(folder.resolve("events"), EmbeddedSettings.DEFAULT, clock);
    }
}
