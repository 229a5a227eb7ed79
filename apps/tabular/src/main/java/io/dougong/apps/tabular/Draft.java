package io.dougong.apps.tabular;

import io.dougong.features.Transform;
import io.dougong.kernel.Field;
import io.dougong.kernel.FieldType;
import io.dougong.learn.Gate;
import io.dougong.learn.TrainerDefinition;
import io.dougong.manifest.Application;
import io.dougong.manifest.ApplicationBuilder;
import io.dougong.manifest.DecisionBuilder;
import io.dougong.manifest.ModelBuilder;
import io.dougong.manifest.StreamBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The application that a table makes. */
final class Draft {

    static final String BOOSTED = "boosted";
    static final String LOGISTIC = "logistic";
    static final String DECISION = "decide";

    private static final double EVEN = 0.25;
    private static final double COVERAGE = 0.9;
    private static final double RATE = 0.005;
    private static final int REASONS = 3;
    private static final String VALUE = "VALUE";

    private final Options options;
    private final Profile profile;
    private final Layout layout;
    private final Timeline timeline;

    Draft(Options options, Profile profile, Layout layout, Timeline timeline) {
        this.options = options;
        this.profile = profile;
        this.layout = layout;
        this.timeline = timeline;
    }

    /**
     * @param chosen the model that answers
     * @param other the one that is asked along
     * @param gates what later versions must reach
     */
    Application application(String chosen, String other, List<Gate> gates) {
        ApplicationBuilder application = Application.named(options.name())
                .describedAs("Tells '" + profile.label().column() + "' of a row of "
                        + options.file().getFileName() + ".")
                .stream(Layout.ROWS, this::rows)
                .stream(Layout.OUTCOMES, this::outcomes);
        for (String model : List.of(BOOSTED, LOGISTIC)) {
            application.model(model, builder -> model(builder, model, model.equals(chosen) ? gates : List.of()));
        }
        return application
                .decision(DECISION, builder -> decision(builder, chosen, other))
                .build();
    }

    private StreamBuilder rows(StreamBuilder stream) {
        stream.describedAs("One event per row: the question.")
                .key(Layout.KEY)
                .time(Layout.TIME)
                .field(Field.required(Layout.KEY, FieldType.STRING))
                .field(Field.required(Layout.TIME, FieldType.TIMESTAMP));
        layout.features().forEach(column -> stream.field(Field.optional(column.field(), column.type())));
        if (timeline.told() && profile.column(profile.time()).kind() == Kind.TIMESTAMP) {
            stream.derived("hour", new Transform.HourOfDay(Layout.TIME, Transform.Zone.UTC))
                    .derived("weekday", new Transform.DayOfWeek(Layout.TIME, Transform.Zone.UTC));
        }
        return stream;
    }

    private StreamBuilder outcomes(StreamBuilder stream) {
        return stream.describedAs("One event per row, when its label has become known.")
                .key(Layout.KEY)
                .time(Layout.KNOWN)
                .field(Field.required(Layout.KEY, FieldType.STRING))
                .field(Field.required(Layout.KNOWN, FieldType.TIMESTAMP))
                .field(Field.required(
                        Layout.VALUE,
                        switch (profile.label().task()) {
                            case BINARY -> FieldType.BOOLEAN;
                            case MULTICLASS -> FieldType.STRING;
                            case REGRESSION -> FieldType.NUMBER;
                        }));
    }

    /** Features in the order of the model; the derived ones of the time last. */
    List<String> features() {
        List<String> features = new ArrayList<>(
                layout.features().stream().map(Layout.Column::field).toList());
        if (timeline.told() && profile.column(profile.time()).kind() == Kind.TIMESTAMP) {
            features.add("hour");
            features.add("weekday");
        }
        return features;
    }

    private ModelBuilder model(ModelBuilder model, String name, List<Gate> gates) {
        model.on(Layout.ROWS)
                .trainer(name.equals(BOOSTED) ? TrainerDefinition.Tuned.DEFAULT : new TrainerDefinition.Logistic(1))
                .label(
                        Layout.OUTCOMES,
                        Layout.KEY,
                        Layout.VALUE,
                        profile.label().task())
                .features(features().toArray(String[]::new))
                .split(timeline.trainShare(), timeline.calibrateShare())
                .seed(options.seed());
        gates.forEach(gate -> model.gate(gate.metric(), gate.bound(), gate.value()));
        return model;
    }

    private DecisionBuilder decision(DecisionBuilder decision, String chosen, String other) {
        decision.on(Layout.ROWS).model(chosen).shadows(other).reasons(REASONS);
        outcomes(decision);
        layout.features().stream()
                .filter(column -> !column.field().equals(column.name()))
                .forEach(column -> decision.words(column.field(), column.name(), column.name()));
        return decision;
    }

    private void outcomes(DecisionBuilder decision) {
        switch (profile.label().task()) {
            case BINARY -> {
                decision.outcome(outcome(profile.label(), true), threshold())
                        .outcome(outcome(profile.label(), false), 0);
                if (even()) {
                    decision.abstain(COVERAGE, RATE);
                }
            }
            case MULTICLASS -> {
                profile.label().classes().forEach(decision::outcome);
                decision.abstain(COVERAGE, RATE);
            }
            case REGRESSION -> decision.outcome(VALUE).abstain(COVERAGE, RATE);
        }
    }

    private boolean even() {
        double share = profile.label().positiveShare();
        return share >= EVEN && share <= 1 - EVEN;
    }

    /** Half where the classes are about even, else the share of the rarer class: then what is above the average is flagged. */
    double threshold() {
        return even() ? 0.5 : Math.max(0.001, Math.round(profile.label().positiveShare() * 1000) / 1000.0);
    }

    /** The outcome's name: the class itself if it is a word, else column and class. */
    static String outcome(Label label, boolean positive) {
        String value = positive ? label.positive() : label.negative();
        String other = positive ? label.negative() : label.positive();
        String name = isWord(value) && isWord(other) ? value : label.column() + "_" + value;
        String plain =
                name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_").replaceAll("^[^A-Z]+|_+$", "");
        return plain.isEmpty() || plain.equals("REVIEW") ? (positive ? "POSITIVE" : "NEGATIVE") : plain;
    }

    private static boolean isWord(String value) {
        return value.matches("[A-Za-z][A-Za-z0-9 _-]{1,40}") && Values.truth(value) == null;
    }
}
