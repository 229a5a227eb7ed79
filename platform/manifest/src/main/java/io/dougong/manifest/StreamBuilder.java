package io.dougong.manifest;

import io.dougong.events.Retention;
import io.dougong.events.StreamDefinition;
import io.dougong.features.Derived;
import io.dougong.features.Transform;
import io.dougong.kernel.Field;
import io.dougong.kernel.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes a stream in code: key, time and fields are needed. */
public final class StreamBuilder {

    private final String name;
    private String description = "";
    private String key = "";
    private String time = "";
    private Duration lateness = Duration.ZERO;
    private int partitions = 1;
    private Retention retention = Retention.FOREVER;
    private final List<Field> fields = new ArrayList<>();
    private final List<Derived> derived = new ArrayList<>();

    StreamBuilder(String name) {
        this.name = name;
    }

    public StreamBuilder describedAs(String description) {
        this.description = description;
        return this;
    }

    public StreamBuilder key(String field) {
        this.key = field;
        return this;
    }

    public StreamBuilder time(String field) {
        this.time = field;
        return this;
    }

    public StreamBuilder lateness(Duration lateness) {
        this.lateness = lateness;
        return this;
    }

    public StreamBuilder partitions(int partitions) {
        this.partitions = partitions;
        return this;
    }

    public StreamBuilder retention(Retention retention) {
        this.retention = retention;
        return this;
    }

    public StreamBuilder field(Field field) {
        fields.add(field);
        return this;
    }

    public StreamBuilder derived(String name, Transform transform) {
        derived.add(new Derived(name, transform));
        return this;
    }

    ApplicationStream build() {
        StreamDefinition definition =
                new StreamDefinition(name, key, time, Schema.of(fields), lateness, partitions, retention);
        return new ApplicationStream(definition, derived, description);
    }
}
