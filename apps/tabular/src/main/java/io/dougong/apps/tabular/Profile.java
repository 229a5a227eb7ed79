package io.dougong.apps.tabular;

import java.util.List;
import java.util.Map;

/**
 * What is known of a table before anything is learned from it.
 *
 * @param columns by name
 * @param features in the order of the file
 * @param time the column that orders the rows, or empty
 * @param strengths AUC (or R² of a number to be predicted) of each column alone
 */
record Profile(
        long rows,
        Map<String, ColumnProfile> columns,
        Label label,
        List<String> features,
        String time,
        List<Protected> guarded,
        List<Finding> findings,
        Map<String, Double> strengths,
        RowSample sample) {

    Profile {
        features = List.copyOf(features);
        guarded = List.copyOf(guarded);
        findings = List.copyOf(findings);
    }

    ColumnProfile column(String name) {
        ColumnProfile column = columns.get(name);
        if (column == null) {
            throw new IllegalStateException("no column " + name);
        }
        return column;
    }
}
