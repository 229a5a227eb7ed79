package io.dougong.manifest;

import io.dougong.kernel.Field;
import io.dougong.kernel.Schema;
import java.util.ArrayList;
import java.util.List;

/** Whether a stream's new definition can read the events already in its log, and what changes if so. */
final class StreamCompatibility {

    private final ApplicationStream before;
    private final ApplicationStream after;
    private final List<String> refusals = new ArrayList<>();

    private StreamCompatibility(ApplicationStream before, ApplicationStream after) {
        this.before = before;
        this.after = after;
    }

    static List<String> refusals(ApplicationStream before, ApplicationStream after) {
        StreamCompatibility compatibility = new StreamCompatibility(before, after);
        compatibility.compare();
        return compatibility.refusals;
    }

    private void compare() {
        same("key", before.definition().key(), after.definition().key(), "the order of events depends on it");
        same("time", before.definition().time(), after.definition().time(), "stored events carry the old one");
        same(
                "number of partitions",
                before.definition().partitions(),
                after.definition().partitions(),
                "a key's partition depends on it");
        Schema old = before.definition().schema();
        Schema young = after.definition().schema();
        old.fields().forEach(field -> kept(field, young));
        young.fields().stream()
                .filter(field -> field.required() && !old.has(field.name()))
                .forEach(field -> refuse("Field '" + field.name()
                        + "' is new and required, but stored events lack it: make it optional."));
    }

    private void kept(Field field, Schema young) {
        if (!young.has(field.name())) {
            refuse("Field '" + field.name() + "' is removed, but stored events have it: keep it, or make it optional.");
            return;
        }
        Field now = young.field(field.name());
        if (now.type() != field.type()) {
            refuse("Field '" + field.name() + "' changes from " + field.type().label() + " to "
                    + now.type().label() + ", which stored events are not: add a field of another name.");
        }
        if (now.required() && !field.required()) {
            refuse("Field '" + field.name() + "' becomes required, but stored events may lack it: leave it optional.");
        }
    }

    private void same(String what, Object old, Object young, String reason) {
        if (!old.equals(young)) {
            refuse("The " + what + " changes from " + old + " to " + young + ", but " + reason + ".");
        }
    }

    private void refuse(String reason) {
        refusals.add("Stream '" + before.name() + "': " + reason);
    }

    static List<Consequence> consequences(ApplicationStream before, ApplicationStream after) {
        List<Consequence> consequences = new ArrayList<>();
        if (!forms(before).equals(forms(after))) {
            consequences.add(Consequence.EXTENDS_EVENTS);
        }
        if (sealing(before, after)) {
            consequences.add(Consequence.CHANGES_SEALING);
        }
        if (!before.definition().lateness().equals(after.definition().lateness())) {
            consequences.add(Consequence.CHANGES_LATENESS);
        }
        if (!before.definition().retention().equals(after.definition().retention())) {
            consequences.add(Consequence.CHANGES_RETENTION);
        }
        return consequences.isEmpty() ? List.of(Consequence.DESCRIBES) : consequences;
    }

    private static Object forms(ApplicationStream stream) {
        var plain = ApplicationTree.stream(stream);
        return List.of(plain.getOrDefault("fields", ""), plain.getOrDefault("derived", ""));
    }

    private static boolean sealing(ApplicationStream before, ApplicationStream after) {
        Schema young = after.definition().schema();
        return before.definition().schema().fields().stream()
                .filter(field -> young.has(field.name()))
                .anyMatch(field ->
                        field.sensitivity() != young.field(field.name()).sensitivity());
    }
}
