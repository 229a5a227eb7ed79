package io.dougong.server;

import static io.dougong.server.MlflowRoutes.read;
import static io.dougong.server.MlflowRoutes.write;

import io.dougong.tracking.LoggedModel;
import io.dougong.tracking.LoggedModels;
import io.dougong.tracking.Page;
import io.dougong.tracking.Search;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code /mlflow/logged-models/…} */
final class MlflowLoggedModelRoutes {

    private static final String BASE = MlflowRoutes.API + "/mlflow/logged-models";
    private static final String ONE = BASE + "/{model_id}";
    private static final int USUAL_PAGE = 100;

    private final LoggedModels models;

    MlflowLoggedModelRoutes(LoggedModels models) {
        this.models = models;
    }

    List<Endpoint> endpoints() {
        return List.of(
                write(Endpoint.post(BASE), this::create),
                read(Endpoint.post(BASE + "/search"), this::search),
                read(Endpoint.get(ONE), this::get),
                write(Endpoint.patch(ONE), this::finish),
                write(Endpoint.delete(ONE), call -> MlflowExperimentRoutes.done(models.delete(id(call)))),
                write(
                        Endpoint.post(ONE + "/params"),
                        call -> view(
                                models.addParams(id(call), MlflowInput.of(call).tags("params")))),
                write(
                        Endpoint.patch(ONE + "/tags"),
                        call -> view(
                                models.setTags(id(call), MlflowInput.of(call).tags("tags")))),
                write(
                        Endpoint.delete(ONE + "/tags/{tag_key}"),
                        call -> view(models.deleteTag(id(call), call.path("tag_key")))));
    }

    private static String id(Call call) {
        return call.path("model_id");
    }

    private static CompletionStage<Reply> view(CompletionStage<LoggedModel> written) {
        return written.thenApply(model -> MlflowViews.reply("model", MlflowRegistryViews.logged(model)));
    }

    private CompletionStage<Reply> create(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return view(models.create(new LoggedModel.Start(
                input.text("experiment_id"),
                input.textOr("name", ""),
                input.textOr("model_type", ""),
                input.textOr("source_run_id", ""),
                input.tags("params"),
                input.tags("tags"))));
    }

    private Reply get(Call call) {
        boolean alsoDeleted = MlflowInput.of(call).flag("allow_deleted");
        return MlflowViews.reply("model", MlflowRegistryViews.logged(models.get(id(call), alsoDeleted)));
    }

    private CompletionStage<Reply> finish(Call call) {
        LoggedModel.Status status = MlflowInput.of(call)
                .oneOf("status", LoggedModel.Status.class)
                .orElse(LoggedModel.Status.LOGGED_MODEL_READY);
        return view(models.finish(id(call), status));
    }

    private Reply search(Call call) {
        MlflowInput input = MlflowInput.of(call);
        Search plain = input.search("view_type", USUAL_PAGE);
        Search search = new Search(
                plain.filter(),
                input.list("order_by", MlflowLoggedModelRoutes::order),
                plain.view(),
                plain.most(),
                plain.pageToken());
        Page<LoggedModel> page = models.search(input.texts("experiment_ids"), search);
        return MlflowViews.page("models", page, MlflowRegistryViews::logged);
    }

    private static String order(MlflowInput order) {
        String direction = order.textOr("ascending", "true").equalsIgnoreCase("false") ? " DESC" : " ASC";
        return order.text("field_name") + direction;
    }
}
