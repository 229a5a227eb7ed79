package io.dougong.manifest;

import io.dougong.documents.Faults;
import io.dougong.features.Derivation;
import io.dougong.features.Derived;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Sensitivity;
import io.dougong.kernel.Suggest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The fields that a row of a stream has, sent or derived. */
record Columns(Schema schema) {

    static final Columns NONE = new Columns(Schema.of());

    static Columns of(ApplicationStream stream) {
        return new Columns(Derivation.compile(stream.definition().schema(), stream.derived())
                .output());
    }

    /** These with one more, derived from them. */
    Columns with(Derived derived) {
        return new Columns(Derivation.compile(schema, List.of(derived)).output());
    }

    Optional<Field> find(String name) {
        return schema.has(name) ? Optional.of(schema.field(name)) : Optional.empty();
    }

    boolean anyPersonal() {
        return schema.fields().stream().anyMatch(field -> field.sensitivity() == Sensitivity.PERSONAL);
    }

    /** The field that a manifest names at {@code path}; reports an unknown name, a type that does not fit, and a secret. */
    Optional<Field> resolve(String name, String path, Set<FieldType> types, Faults faults) {
        Optional<Field> found = find(name);
        if (found.isEmpty()) {
            faults.atValue(path, "There is no field '" + name + "' here.", Suggest.near(name, schema.names()));
            return found;
        }
        FieldType type = found.get().type();
        if (!types.contains(type)) {
            String wanted = types.stream().sorted().map(FieldType::label).collect(Collectors.joining(" or "));
            faults.atValue(path, "Field '" + name + "' is of type " + type.label() + ", expected " + wanted + ".", "");
            return Optional.empty();
        }
        if (found.get().sensitivity() == Sensitivity.SECRET) {
            faults.atValue(
                    path,
                    "Field '" + name + "' is secret and cannot be used here.",
                    "A secret is never stored in clear.");
            return Optional.empty();
        }
        return found;
    }
}
