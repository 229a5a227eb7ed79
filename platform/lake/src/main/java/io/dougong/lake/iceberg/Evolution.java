package io.dougong.lake.iceberg;

import io.dougong.kernel.Field;
import io.dougong.kernel.Schema;
import io.dougong.kernel.Sensitivity;
import io.dougong.lake.LakeProblem;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.CommitFailedException;

/** Lets a table's schema grow: new optional fields, and fewer required ones. */
final class Evolution {

    private Evolution() {}

    static void refuseSecrets(String name, Schema schema) {
        for (Field field : schema.fields()) {
            if (field.sensitivity() == Sensitivity.SECRET) {
                throw LakeProblem.incompatible(
                        name, "field '" + field.name() + "' is secret, and secrets are not stored");
            }
        }
    }

    /** @return whether anything changed */
    static boolean evolve(Table table, String name, Schema current, Schema wanted) {
        refuseSecrets(name, wanted);
        Schema merged = merged(name, current, wanted);
        if (merged.equals(current)) {
            return false;
        }
        Transaction transaction = table.newTransaction();
        UpdateSchema update = transaction.updateSchema();
        for (Field field : merged.fields()) {
            if (!current.has(field.name())) {
                update.addColumn(field.name(), TableSchemas.type(field.type()));
            } else if (current.field(field.name()).required() && !field.required()) {
                update.makeColumnOptional(field.name());
            }
        }
        update.commit();
        transaction
                .updateProperties()
                .set(TableSchemas.FIELDS_PROPERTY, TableSchemas.property(merged))
                .commit();
        try {
            transaction.commitTransaction();
        } catch (CommitFailedException _) {
            throw LakeProblem.changedMeanwhile(name, "the change of its schema");
        }
        return true;
    }

    private static Schema merged(String name, Schema current, Schema wanted) {
        List<Field> fields = new ArrayList<>();
        for (Field old : current.fields()) {
            fields.add(wanted.has(old.name()) ? changed(name, old, wanted.field(old.name())) : old);
        }
        for (Field field : wanted.fields()) {
            if (!current.has(field.name())) {
                if (field.required()) {
                    throw LakeProblem.incompatible(name, "the new field '" + field.name() + "' is required");
                }
                fields.add(field);
            }
        }
        return Schema.of(fields);
    }

    private static Field changed(String name, Field old, Field wanted) {
        if (old.type() != wanted.type()) {
            throw LakeProblem.incompatible(
                    name,
                    "field '" + old.name() + "' is " + old.type().label() + ", not "
                            + wanted.type().label());
        }
        if (!old.required() && wanted.required()) {
            throw LakeProblem.incompatible(name, "field '" + old.name() + "' is optional, and old rows may lack it");
        }
        return wanted;
    }
}
