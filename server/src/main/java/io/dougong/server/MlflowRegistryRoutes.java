package io.dougong.server;

import static io.dougong.server.MlflowExperimentRoutes.done;
import static io.dougong.server.MlflowRoutes.read;
import static io.dougong.server.MlflowRoutes.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dougong.tracking.RegisteredModel;
import io.dougong.tracking.RegisteredModels;
import io.dougong.tracking.RegisteredVersion;
import io.dougong.tracking.TrackingProblem;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** {@code /mlflow/registered-models/…} and {@code /mlflow/model-versions/…} */
final class MlflowRegistryRoutes {

    private static final String MODELS = MlflowRoutes.API + "/mlflow/registered-models";
    private static final String VERSIONS = MlflowRoutes.API + "/mlflow/model-versions";
    private static final int USUAL_MODELS = 100;
    private static final int USUAL_VERSIONS = 10_000;

    private final RegisteredModels models;

    MlflowRegistryRoutes(RegisteredModels models) {
        this.models = models;
    }

    List<Endpoint> endpoints() {
        return Stream.concat(ofModels().stream(), ofVersions().stream()).toList();
    }

    private List<Endpoint> ofModels() {
        return List.of(
                write(Endpoint.post(MODELS + "/create"), this::create),
                read(Endpoint.get(MODELS + "/get"), call -> view(models.get(name(call)))),
                read(Endpoint.get(MODELS + "/search"), this::search),
                read(Endpoint.get(MODELS + "/list"), this::search),
                write(Endpoint.patch(MODELS + "/update"), this::describe),
                write(Endpoint.post(MODELS + "/rename"), this::rename),
                write(Endpoint.delete(MODELS + "/delete"), call -> done(models.delete(name(call)))),
                write(Endpoint.post(MODELS + "/set-tag"), this::setTag),
                write(Endpoint.delete(MODELS + "/delete-tag"), this::deleteTag),
                write(Endpoint.post(MODELS + "/alias"), this::setAlias),
                write(Endpoint.delete(MODELS + "/alias"), this::deleteAlias),
                read(Endpoint.get(MODELS + "/alias"), this::byAlias),
                read(Endpoint.get(MODELS + "/get-latest-versions"), this::latest),
                read(Endpoint.post(MODELS + "/get-latest-versions"), this::latest));
    }

    private List<Endpoint> ofVersions() {
        return List.of(
                write(Endpoint.post(VERSIONS + "/create"), this::createVersion),
                read(Endpoint.get(VERSIONS + "/get"), call -> view(found(call))),
                read(Endpoint.get(VERSIONS + "/search"), this::searchVersions),
                read(
                        Endpoint.get(VERSIONS + "/get-download-uri"),
                        call -> Reply.ok(MlflowViews.object()
                                .put("artifact_uri", found(call).location()))),
                write(Endpoint.patch(VERSIONS + "/update"), this::describeVersion),
                write(Endpoint.post(VERSIONS + "/transition-stage"), this::stage),
                write(
                        Endpoint.delete(VERSIONS + "/delete"),
                        call -> done(models.deleteVersion(name(call), version(MlflowInput.of(call))))),
                write(Endpoint.post(VERSIONS + "/set-tag"), this::setVersionTag),
                write(Endpoint.delete(VERSIONS + "/delete-tag"), this::deleteVersionTag));
    }

    private static String name(Call call) {
        return MlflowInput.of(call).text("name");
    }

    private static int version(MlflowInput input) {
        String text = input.text("version");
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw TrackingProblem.badValue("version", text, "a whole number");
        }
    }

    private static Reply view(RegisteredModel model) {
        return MlflowViews.reply("registered_model", MlflowRegistryViews.registered(model));
    }

    private static Reply view(RegisteredVersion version) {
        return MlflowViews.reply("model_version", MlflowRegistryViews.version(version));
    }

    private RegisteredVersion found(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return models.version(input.text("name"), version(input));
    }

    private CompletionStage<Reply> create(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return models.create(input.text("name"), input.textOr("description", ""), input.tags("tags"))
                .thenApply(MlflowRegistryRoutes::view);
    }

    private Reply search(Call call) {
        return MlflowViews.page(
                "registered_models",
                models.search(MlflowInput.of(call).search("view_type", USUAL_MODELS)),
                MlflowRegistryViews::registered);
    }

    private CompletionStage<Reply> describe(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return models.describe(input.text("name"), input.textOr("description", ""))
                .thenApply(MlflowRegistryRoutes::view);
    }

    private CompletionStage<Reply> rename(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return models.rename(input.text("name"), input.text("new_name")).thenApply(MlflowRegistryRoutes::view);
    }

    private CompletionStage<Reply> setTag(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return done(models.setTag(input.text("name"), input.text("key"), input.textOr("value", "")));
    }

    private CompletionStage<Reply> deleteTag(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return done(models.deleteTag(input.text("name"), input.text("key")));
    }

    private CompletionStage<Reply> setAlias(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return done(models.setAlias(input.text("name"), input.text("alias"), version(input)));
    }

    private CompletionStage<Reply> deleteAlias(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return done(models.deleteAlias(input.text("name"), input.text("alias")));
    }

    private Reply byAlias(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return view(models.byAlias(input.text("name"), input.text("alias")));
    }

    private Reply latest(Call call) {
        MlflowInput input = MlflowInput.of(call);
        ObjectNode json = MlflowViews.object();
        ArrayNode array = json.putArray("model_versions");
        models.latest(input.text("name"), input.texts("stages"))
                .forEach(version -> array.add(MlflowRegistryViews.version(version)));
        return Reply.ok(json);
    }

    private CompletionStage<Reply> createVersion(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return models.createVersion(new RegisteredVersion.Start(
                        input.text("name"),
                        input.text("source"),
                        input.textOr("run_id", ""),
                        input.textOr("run_link", ""),
                        input.textOr("model_id", ""),
                        input.textOr("description", ""),
                        call.caller().name(),
                        input.tags("tags")))
                .thenApply(MlflowRegistryRoutes::view);
    }

    private Reply searchVersions(Call call) {
        return MlflowViews.page(
                "model_versions",
                models.searchVersions(MlflowInput.of(call).search("view_type", USUAL_VERSIONS)),
                MlflowRegistryViews::version);
    }

    private CompletionStage<Reply> describeVersion(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return models.describe(input.text("name"), version(input), input.textOr("description", ""))
                .thenApply(MlflowRegistryRoutes::view);
    }

    private CompletionStage<Reply> stage(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return models.stage(
                        input.text("name"),
                        version(input),
                        input.text("stage"),
                        input.flag("archive_existing_versions"))
                .thenApply(MlflowRegistryRoutes::view);
    }

    private CompletionStage<Reply> setVersionTag(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return done(models.setTag(input.text("name"), version(input), input.text("key"), input.textOr("value", "")));
    }

    private CompletionStage<Reply> deleteVersionTag(Call call) {
        MlflowInput input = MlflowInput.of(call);
        return done(models.deleteTag(input.text("name"), version(input), input.text("key")));
    }
}
