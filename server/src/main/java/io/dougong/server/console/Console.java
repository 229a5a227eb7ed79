package io.dougong.server.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.kernel.Problem;
import io.dougong.node.Node;
import io.dougong.trust.Permission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All pages of the console. */
public final class Console implements AutoCloseable {

    private static final String PREFERENCE = "; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict";

    /** Turns tokens into cookies and back. */
    public interface Sessions {

        /** @throws Problem if the token is not known or may not do this */
        void check(String token, String peer, Permission needed);

        /** A cookie that lets its holder in as the token does. */
        String cookie(String token);

        /** One that takes the cookie away. */
        String goneCookie();

        /** The token behind a link's code; works once. */
        Optional<String> redeem(String code);
    }

    /** @param home the node's folder, where applications leave what the console shows beside them */
    public record Settings(Path home, String version) {}

    private final Tally tally;
    private final Live live;
    private final Stage stage = new Stage(System::nanoTime);
    private final ErrorPage errors;
    private final List<Route> routes = new ArrayList<>();

    public Console(Node node, Settings settings, Sessions sessions, Supplier<JsonNode> doctor) {
        StaticFiles files = new StaticFiles();
        StageBar bar = new StageBar(stage);
        Layout layout = new Layout(files, bar);
        Places places = new Places(settings.home());
        tally = new Tally(node, places);
        live = new Live(node, tally, System::nanoTime);
        errors = new ErrorPage(layout);
        routes.add(Route.open("GET", "/static/{file}", Route.Work.NONE, files::answer, "v"));
        signIn(new LoginPage(layout, sessions));
        routes.add(Route.page("/", new OverviewPage(node, tally, places, layout)::show, "app", "lang"));
        decisions(node, layout);
        models(new ModelsPage(node, tally, layout));
        experiments(node, layout);
        data(node, layout);
        trust(node, layout, settings, doctor);
        reviews(new ReviewsPage(node, layout));
        monitors(node, new MonitorsPage(node, layout));
        routes.add(Route.page("/stage", bar::news, "tag"));
        routes.add(Route.button("/stage/{wish}", Permission.READ, Route.Work.SHORT, bar::wish));
        tally.start();
    }

    /** Where somebody may present. */
    public Stage stage() {
        return stage;
    }

    private void signIn(LoginPage login) {
        routes.add(Route.open("GET", "/login", Route.Work.NONE, login::ask, "to"));
        routes.add(Route.open("POST", "/login", Route.Work.SHORT, login::enter));
        routes.add(Route.open("GET", "/enter", Route.Work.SHORT, login::byLink, "code", "to"));
        routes.add(Route.open("POST", "/logout", Route.Work.SHORT, _ -> login.leave()));
        routes.add(Route.open("POST", "/preferences", Route.Work.SHORT, Console::prefer));
    }

    private void decisions(Node node, Layout layout) {
        DecisionPage page = new DecisionPage(node, tally, layout);
        WhatIf whatIf = new WhatIf(node);
        routes.add(Route.page("/decisions", new DecisionsPage(node, tally, layout)::show, DecisionsPage.PARAMETERS));
        routes.add(Route.page("/decisions/{id}", page::show));
        routes.add(Route.page("/decisions/{id}/receipt", page::receipt));
        routes.add(Route.page("/decisions/{id}/letter", page::letter));
        routes.add(Route.button("/decisions/{id}/replay", Permission.READ, Route.Work.LONG, whatIf::replay));
        routes.add(Route.button("/decisions/{id}/what-if", Permission.READ, Route.Work.LONG, whatIf::change));
        routes.add(Route.button("/decisions/{id}/feedback", Permission.GIVE_FEEDBACK, Route.Work.SHORT, visit -> {
            node.feedback(
                    visit.at("id"),
                    Scores.truth(node.decision(visit.at("id")).decision().score(), visit.sent("label")),
                    visit.caller().actor());
            return Response.seeOther("/decisions/" + visit.at("id"));
        }));
    }

    private void models(ModelsPage models) {
        String path = "/models/{application}/{model}";
        routes.add(Route.page("/models", models::show, "app"));
        routes.add(Route.button(path + "/train", Permission.DEFINE, Route.Work.LONG, models::train));
        routes.add(Route.button(path + "/promote", Permission.DEFINE, Route.Work.LONG, models::promoted));
    }

    private void experiments(Node node, Layout layout) {
        ExperimentsPage experiments = new ExperimentsPage(node, layout);
        routes.add(Route.page("/experiments", experiments::show));
        routes.add(Route.page("/experiments/{id}", experiments::one, ExperimentsPage.PARAMETERS));
        routes.add(Route.page("/experiments/{id}/runs/{run}", new RunPage(node, layout)::show));
    }

    private void data(Node node, Layout layout) {
        FeaturesPage features = new FeaturesPage(node, layout);
        LakePage lake = new LakePage(node, layout);
        routes.add(Route.page("/streams", new StreamsPage(node, layout)::show, "app"));
        routes.add(Route.page("/features", features::show, "app"));
        routes.add(Route.button("/features/verify", Permission.READ, Route.Work.LONG, features::verified, "app"));
        routes.add(Route.page("/lake", lake::show));
        routes.add(Route.page("/lake/{table}", lake::table));
        routes.add(Route.button("/lake/sql", Permission.READ, Route.Work.LONG, lake::sql));
        routes.add(Route.button("/lake/{table}/diff", Permission.READ, Route.Work.LONG, lake::diff));
    }

    private void trust(Node node, Layout layout, Settings settings, Supplier<JsonNode> doctor) {
        AuditPage audit = new AuditPage(node, layout);
        SettingsPage page = new SettingsPage(node, layout, settings, doctor);
        routes.add(Route.page("/audit", audit::show));
        routes.add(Route.button("/audit/verify", Permission.VERIFY_AUDIT, Route.Work.LONG, audit::verify));
        routes.add(Route.button("/audit/receipt", Permission.READ, Route.Work.SHORT, audit::receipt));
        routes.add(Route.page("/settings", page::show));
        routes.add(Route.button("/settings/doctor", Permission.READ, Route.Work.LONG, page::examine));
        routes.add(Route.button("/settings/tokens", Permission.MANAGE_TOKENS, Route.Work.LONG, page::created));
        routes.add(
                Route.button("/settings/tokens/{id}/revoke", Permission.MANAGE_TOKENS, Route.Work.LONG, page::revoked));
    }

    private void reviews(ReviewsPage reviews) {
        routes.add(Route.page("/reviews", reviews::show, "app", "state", "page"));
        routes.add(Route.page("/reviews/{id}", reviews::one));
        routes.add(Route.button("/reviews/{id}", Permission.REVIEW, Route.Work.SHORT, reviews::settle));
    }

    private void monitors(Node node, MonitorsPage monitors) {
        routes.add(Route.page("/monitors", monitors::show, "app"));
        routes.add(Route.button(
                "/monitors/{application}/{decision}/assessment",
                Permission.READ,
                Route.Work.LONG,
                new AssessmentCards(node)::answer));
        routes.add(Route.button("/monitors/{application}/{model}", Permission.DEFINE, Route.Work.LONG, monitors::act));
    }

    private static Response prefer(Visit visit) {
        Response back = Response.seeOther(visit.sent("back"));
        if (!visit.sent("language").isEmpty()) {
            String language = Language.of(visit.sent("language"), null).tag();
            return back.with("Set-Cookie", "dougong_language=" + language + PREFERENCE);
        }
        for (Visit.Theme theme : Visit.Theme.values()) {
            if (theme.name().equals(visit.sent("theme"))) {
                return back.with("Set-Cookie", "dougong_theme=" + theme.name() + PREFERENCE);
            }
        }
        return back;
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /** How a page says no. */
    public Response refusal(Visit visit, Problem problem, int status) {
        return errors.of(visit, problem, status);
    }

    /** What the feed of open pages sends, as JSON; equal numbers have equal content. */
    public byte[] snapshot() {
        return live.snapshot();
    }

    public long snapshotNumber() {
        return live.number();
    }

    @Override
    public void close() {
        tally.close();
    }
}
