package io.dougong.node;

import io.dougong.kernel.Field;
import io.dougong.kernel.Sensitivity;
import io.dougong.manifest.Application;
import java.util.Set;
import java.util.stream.Collectors;

/** Which fields of an application are personal. */
final class Personal {

    private Personal() {}

    static Set<String> fields(Application application) {
        return application.streams().stream()
                .flatMap(stream -> stream.definition().schema().fields().stream())
                .filter(field -> field.sensitivity() != Sensitivity.PUBLIC)
                .map(Field::name)
                .collect(Collectors.toSet());
    }
}
