package io.dougong.features;

import io.dougong.kernel.Field;
import io.dougong.kernel.Row;
import io.dougong.kernel.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Derived fields compiled over a schema: takes rows of {@link #input()} to rows of {@link #output()}, which has the derived fields
 * after the stream's own, in the order declared; one may use another that stands before it.
 */
public final class Derivation {

    private final Schema input;
    private final Schema output;
    private final List<Formula> formulas;

    private Derivation(Schema input, Schema output, List<Formula> formulas) {
        this.input = input;
        this.output = output;
        this.formulas = List.copyOf(formulas);
    }

    public static Derivation compile(Schema input, List<Derived> derived) {
        List<Field> fields = new ArrayList<>(input.fields());
        List<Formula> formulas = new ArrayList<>();
        for (Derived one : derived) {
            Formula formula = Formula.compile(one, Schema.of(fields));
            fields.add(formula.field());
            formulas.add(formula);
        }
        return new Derivation(input, Schema.of(fields), formulas);
    }

    public Schema input() {
        return input;
    }

    public Schema output() {
        return output;
    }

    /** As declared, in order. */
    public List<Derived> derived() {
        return formulas.stream().map(Formula::derived).toList();
    }

    public Row apply(Row row) {
        if (!row.schema().equals(input)) {
            throw FeatureProblem.stale("A row of " + row.schema() + " is not of " + input + ".");
        }
        if (formulas.isEmpty()) {
            return row;
        }
        @Nullable Object[] values = new @Nullable Object[output.size()];
        for (int i = 0; i < input.size(); i++) {
            values[i] = row.get(i);
        }
        for (int i = 0; i < formulas.size(); i++) {
            values[input.size() + i] = formulas.get(i).value(values);
        }
        return Row.of(output, values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Derivation that && input.equals(that.input) && formulas.equals(that.formulas);
    }

    @Override
    public int hashCode() {
        return Objects.hash(input, formulas);
    }
}
