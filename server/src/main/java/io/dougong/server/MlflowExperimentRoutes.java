package io.dougong.server;

import static io.dougong.server.MlflowRoutes.read;
import static io.dougong.server.MlflowRoutes.write;

import io.dougong.tracking.Experiment;
import io.dougong.tracking.Experiments;
import io.dougong.tracking.Search;
import io.dougong.tracking.TrackingProblem;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code /mlflow/experiments/…} */
final class MlflowExperimentRoutes {

    private static final String BASE = MlflowRoutes.API + "/mlflow/experiments";
    private static final int USUAL_PAGE = 1000;

    private final Experiments experiments;

    MlflowExperimentRoutes(Experiments experiments) {
        this.experiments = experiments;
    }

    List<Endpoint> endpoints() {
        return List.of(
                write(Endpoint.post(BASE + "/create"), this::create),
                read(Endpoint.post(BASE + "/search"), this::search),
                read(Endpoint.get(BASE + "/search"), this::search),
                read(Endpoint.get(BASE + "/list"), this::search),
                read(
                        Endpoint.get(BASE + "/get"),
                        call -> MlflowViews.reply("experiment", MlflowViews.experiment(experiments.get(id(call))))),
                read(Endpoint.get(BASE + "/get-by-name"), this::byName),
                write(Endpoint.post(BASE + "/update"), this::update),
                write(Endpoint.post(BASE + "/delete"), call -> done(experiments.delete(id(call)))),
                write(Endpoint.post(BASE + "/restore"), call -> done(experiments.restore(id(call)))),
                write(Endpoint.post(BASE + "/set-experiment-tag"), this::setTag),
                write(Endpoint.post(BASE + "/delete-experiment-tag"), this::deleteTag));
    }

    static CompletionStage<Reply> done(CompletionStage<?> written) {
        return written.thenApply(_ -> MlflowViews.empty());
    }

    private static String id(Call call) {
        return MlflowInput.of(call).text("experiment_id");
    }

    private CompletionStage<Reply> create(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return experiments
                .create(
                        input.text("name"),
                        input.textIfAny("artifact_location")
                                .filter(location -> !location.isEmpty())
                                .orElse(null),
                        input.tags("tags"))
                .thenApply(id -> Reply.ok(MlflowViews.object().put("experiment_id", id)));
    }

    private Reply search(Call call) {
        Search search = MlflowInput.of(call).search("view_type", USUAL_PAGE);
        return MlflowViews.page("experiments", experiments.search(search), MlflowViews::experiment);
    }

    private Reply byName(Call call) {
        String name = MlflowInput.of(call).text("experiment_name");
        Experiment experiment = experiments.byName(name).orElseThrow(() -> TrackingProblem.unknown("experiment", name));
        return MlflowViews.reply("experiment", MlflowViews.experiment(experiment));
    }

    private CompletionStage<Reply> update(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return done(experiments.rename(input.text("experiment_id"), input.text("new_name")));
    }

    private CompletionStage<Reply> setTag(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return done(experiments.setTag(input.text("experiment_id"), input.text("key"), input.textOr("value", "")));
    }

    private CompletionStage<Reply> deleteTag(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return done(experiments.deleteTag(input.text("experiment_id"), input.text("key")));
    }
}
