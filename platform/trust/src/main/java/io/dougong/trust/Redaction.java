package io.dougong.trust;

import io.dougong.kernel.Field;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Sensitivity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What of a row may be seen, by the declared sensitivity of its fields: public as it is, personal by role, secret by nobody. */
public final class Redaction {

    public static final String PERSONAL_MASK = "[personal]";
    public static final String SECRET_MASK = "[secret]";

    private Redaction() {}

    /** Field name to value for this caller, in schema order, without missing values. */
    public static Map<String, Object> shown(Row row, Caller caller) {
        return masked(row, field -> visible(field, caller));
    }

    /** The same for a log line: personal values for nobody. */
    public static Map<String, Object> logged(Row row) {
        return masked(row, field -> field.sensitivity() == Sensitivity.PUBLIC);
    }

    public static boolean visible(Field field, Caller caller) {
        return switch (field.sensitivity()) {
            case PUBLIC -> true;
            case PERSONAL -> caller.may(Permission.SEE_PERSONAL);
            case SECRET -> false;
        };
    }

    private static Map<String, Object> masked(Row row, Predicate<Field> visible) {
        Schema schema = row.schema();
        Map<String, Object> shown = new LinkedHashMap<>();
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            Object value = row.get(i);
            if (value != null) {
                shown.put(field.name(), visible.test(field) ? value : mask(field));
            }
        }
        return shown;
    }

    private static String mask(Field field) {
        return field.sensitivity() == Sensitivity.SECRET ? SECRET_MASK : PERSONAL_MASK;
    }
}
