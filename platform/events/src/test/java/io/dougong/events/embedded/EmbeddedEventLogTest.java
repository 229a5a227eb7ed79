package io.dougong.events.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dougong.events.EventLog;
import io.dougong.events.EventLogContract;
import io.dougong.kernel.StorageProblem;
import org.junit.jupiter.api.Test;

class EmbeddedEventLogTest extends EventLogContract {

    @Override
    protected EventLog open() {
        return EmbeddedEventLog.open(folder.resolve("events"), EmbeddedSettings.DEFAULT, clock);
    }

    @Test
    void aFolderInUseIsRefused() {
        assertThatThrownBy(this::open)
                .isInstanceOf(StorageProblem.class)
                .satisfies(
                        problem -> assertThat(((StorageProblem) problem).code()).isEqualTo("home-locked"));
    }
}
