package io.dougong.node;

import io.dougong.decisions.Route;
import io.dougong.learn.CrossValidated;
import io.dougong.learn.Progress;
import io.dougong.learn.TrainingRun;
import io.dougong.models.LoadedModel;
import io.dougong.models.ModelVersion;
import io.dougong.operate.Reference;
import java.util.List;
import java.util.Optional;

/** The models of the applications: training, versions, and which of them plays which role. */
public final class Models {

    private final Rooms rooms;
    private final Training training;
    private final Applications applications;

    Models(Rooms rooms, Training training, Applications applications) {
        this.rooms = rooms;
        this.training = training;
        this.applications = applications;
    }

    /** Trains, evaluates, registers; the result says whether the gates were passed. */
    public TrainingRun train(String application, String model, Progress progress, String by) {
        applications.needed(application).awaitLake();
        return training.train(applications.needed(application), model, progress, by);
    }

    /** What versions of the model say of rows that they were not trained on, fold by fold; nothing is registered. */
    public CrossValidated crossValidate(String application, String model, int folds, Progress progress) {
        applications.needed(application).awaitLake();
        return training.crossValidate(applications.needed(application), model, folds, progress);
    }

    public List<TrainingRun> runs(String application, String model) {
        applications.needed(application).model(model);
        return training.runs(application, model);
    }

    /** Versions, oldest first; empty if none was trained yet. */
    public List<ModelVersion> versions(String application, String model) {
        applications.needed(application).model(model);
        return training.versions(application, model);
    }

    /** A registered version, ready to score. */
    public LoadedModel model(String application, String model, int version) {
        applications.needed(application).model(model);
        return training.model(application, model, version);
    }

    /** What was usual when a version was trained; empty if it was not trained here. */
    public Optional<Reference> reference(String application, String model, int version) {
        return versions(application, model).stream()
                .filter(one -> one.version() == version)
                .findFirst()
                .flatMap(one -> training.reference(one.digest()));
    }

    /** Which version plays which role. */
    public List<ModelRole> roles(String application, String model) {
        applications.needed(application).model(model);
        return rooms.definitions().roles(application, model);
    }

    /**
     * Gives a version a role.
     *
     * @param share of the keys, 0 to 1, for a challenger or canary
     * @param force also if a gate was not passed; recorded
     */
    public void promote(
            String application, String model, int version, Route route, double share, boolean force, String by) {
        RunningApplication target = applications.needed(application);
        target.model(model);
        training.promote(application, model, version, route, share, force, by);
        applications.all().forEach(RunningApplication::rolesChanged);
    }

    /**
     * Takes the champion of another model as a version of this one, e.g. to keep it beside while the other is healed.
     *
     * @return the version
     */
    public int adopt(String application, String model, String other, String by) {
        RunningApplication target = applications.needed(application);
        target.model(model);
        target.model(other);
        return training.adopt(application, model, other, by);
    }

    /** Takes a role away; the champion's cannot be. */
    public void withdraw(String application, String model, Route route, String why, String by) {
        applications.needed(application).model(model);
        training.withdraw(application, model, route, why, by);
        applications.needed(application).rolesChanged();
    }
}
