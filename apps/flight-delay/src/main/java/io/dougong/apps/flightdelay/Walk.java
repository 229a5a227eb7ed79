package io.dougong.apps.flightdelay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The acts of the walk, up to the healing; what they share is here. */
final class Walk {

    static final String APPLICATION = "flight-delay";
    static final String DECISION = "will-be-late";
    static final double LIVE = 40;
    static final double FAST = 3_000;

    private static final long LOOK_MILLIS = 700;
    private static final int MOST_LOOKS = 20;
    private static final long DAY_MILLIS = 86_400_000L;
    private static final long MOST_LIVE_MILLIS = 3 * DAY_MILLIS;
    private static final long AFTER_REPAIR_MILLIS = DAY_MILLIS + DAY_MILLIS / 2;
    private static final int FIRST_DECISIONS = 60;
    private static final int LOOKED_THROUGH = 600;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final DemoServer server;
    private final LivePump pump;
    private Break broken = Break.NONE;
    private JsonNode decision = com.fasterxml.jackson.databind.node.MissingNode.getInstance();

    Walk(DemoServer server, LivePump pump) {
        this.server = server;
        this.pump = pump;
    }

    List<Presenter.Named> acts() {
        Proofs proofs = new Proofs(server, pump, () -> decision.path("id").asText());
        List<Presenter.Named> acts = new ArrayList<>();
        acts.add(new Presenter.Named("live", new Act() {
            @Override
            public void play(Teller teller) {
                live(teller);
            }

            @Override
            public void refresh(Scene scene) {
                figures(scene);
            }
        }));
        acts.add(new Presenter.Named("decision", this::decision));
        acts.add(new Presenter.Named("why", this::why));
        acts.add(new Presenter.Named("replay", this::replay));
        acts.add(new Presenter.Named("change", this::change));
        acts.add(new Presenter.Named("break", this::breaks));
        acts.add(new Presenter.Named("heal", this::heals));
        acts.add(new Presenter.Named("healed", this::healed));
        acts.addAll(proofs.acts());
        return acts;
    }

    private void live(Teller teller) {
        teller.page("/", "");
        pump.go(LIVE, pump.nowMillis() + MOST_LIVE_MILLIS);
        while (server.status().path("decisions").asLong() < FIRST_DECISIONS) {
            figures(teller.scene());
            teller.show();
            teller.pause(LOOK_MILLIS);
        }
        figures(teller.scene().says(Said.of("live.text", (int) (LIVE / 2))));
    }

    private void figures(Scene scene) {
        JsonNode status = server.status();
        scene.anew()
                .fact("fact.time", minute(pump.nowMillis()))
                .fact("fact.acknowledged", count(pump.acknowledged()))
                .fact("fact.decisions", count(server.stored(Proofs.DECISIONS)))
                .fact("fact.latency", count(status.path("p50Micros").asLong()) + " µs");
    }

    private void decision(Teller teller) {
        decision = telling().orElseThrow(() -> new IllegalStateException("No decision with a reason was found."));
        JsonNode input = decision.path("question").path("input");
        teller.scene()
                .says(Said.of(
                        "decision.text",
                        input.path("origin").asText(),
                        input.path("destination").asText(),
                        decision.path("outcome").asText(),
                        percent(probability(decision))))
                .fact("fact.outcome", decision.path("outcome").asText())
                .fact("fact.probability", percent(probability(decision)))
                .fact("fact.values", count(decision.path("features").size()))
                .fact("fact.took", count(decision.path("cost").path("micros").asLong()) + " µs");
        teller.page(path(), "");
    }

    /** The newest late one whose first reason weighs most. */
    private Optional<JsonNode> telling() {
        JsonNode newest = server.get("/api/v1/decisions?application=" + APPLICATION + "&decision=" + DECISION + "&max="
                        + LOOKED_THROUGH)
                .path("decisions");
        JsonNode best = null;
        double most = 0;
        for (JsonNode one : newest) {
            double weight = one.path("reasons").path(0).path("contribution").asDouble()
                    + (one.path("outcome").asText().equals("LATE") ? 10 : 0);
            if (weight > most) {
                most = weight;
                best = one;
            }
        }
        return Optional.ofNullable(best);
    }

    private String path() {
        return "/decisions/" + decision.path("id").asText();
    }

    private static double probability(JsonNode record) {
        return record.path("score").path("probability").asDouble();
    }

    private void why(Teller teller) {
        JsonNode reason = decision.path("reasons").path(0);
        teller.scene()
                .says(Said.of(
                        "why.text",
                        new Said(reason.path("en").asText(), reason.path("zh").asText())));
        for (JsonNode one : decision.path("reasons")) {
            String weight =
                    String.format(Locale.ROOT, "%+.2f", one.path("contribution").asDouble());
            teller.scene()
                    .facts
                    .add(new Scene.Fact(
                            new Said(one.path("en").asText(), one.path("zh").asText()), Said.same(weight), "quiet"));
        }
        teller.page(path(), "#why");
    }

    private void replay(Teller teller) {
        JsonNode replay = replayed(Map.of());
        boolean identical = replay.path("identical").asBoolean();
        teller.scene()
                .says(Said.of("replay.text"))
                .proof("fact.identical", identical ? "100 %" : "✗", identical)
                .fact("fact.margin", decision.path("score").path("margin").asText());
        teller.scene().command = "./dougong replay " + decision.path("id").asText() + " --home " + server.home();
        teller.page(path(), "#prove", new Scene.Hand("#replay", ""));
    }

    private JsonNode replayed(Map<String, Object> set) {
        return server.post(
                "/api/v1/decisions/" + decision.path("id").asText() + "/replay", Map.of("asOfLake", false, "set", set));
    }

    /** The one value whose change would have mattered most. */
    private void change(Teller teller) {
        String name = "";
        String value = "";
        double least = Double.MAX_VALUE;
        JsonNode after = decision;
        for (JsonNode reason : decision.path("reasons")) {
            String feature = reason.path("feature").asText();
            for (String text : Counterfactual.values(decision, feature)) {
                JsonNode would = replayed(Map.of(feature, Counterfactual.typed(decision, feature, text)))
                        .path("recomputed");
                if (probability(would) < least) {
                    least = probability(would);
                    name = feature;
                    value = text;
                    after = would;
                }
            }
        }
        teller.scene()
                .says(Said.of("change.text", name, Counterfactual.shown(decision, name), value))
                .fact("fact.was", decision.path("outcome").asText() + " " + percent(probability(decision)))
                .fact("fact.would", after.path("outcome").asText() + " " + percent(probability(after)));
        teller.page(
                path(),
                "#prove",
                new Scene.Hand(".what-if select", name),
                new Scene.Hand(".what-if input", value),
                new Scene.Hand(".what-if > button", ""));
    }

    private void breaks(Teller teller) {
        teller.page("/monitors", "");
        broken = Break.from(pump.nowMillis());
        pump.breaks(broken);
        pump.go(FAST, broken.untilMillis());
        Optional<JsonNode> alarm = Optional.empty();
        while (alarm.isEmpty() && !(pump.there() && server.status().path("lag").asLong() == 0)) {
            progress(teller);
            alarm = step("FALL_BACK", "RETRAIN");
        }
        pump.go(LIVE, pump.nowMillis() + MOST_LIVE_MILLIS);
        Scene scene = teller.scene().anew().fact("fact.broken", minute(broken.fromMillis()));
        alarm.ifPresentOrElse(found -> found(scene, found), () -> scene.proof("fact.found", "✗", false));
        teller.page("/monitors", "#healing");
    }

    private void found(Scene scene, JsonNode step) {
        scene.says(Said.of("break.text", said(step)))
                .proof("fact.found", minute(millis(step)), true)
                .fact("fact.detect", count(pump.between(broken.fromMillis(), millis(step))))
                .fact("fact.cause", step.path("cause").asText().replaceFirst(" since .*", ""));
    }

    private static Said said(JsonNode step) {
        return new Said(step.path("english").asText(), step.path("chinese").asText());
    }

    private static long millis(JsonNode step) {
        return step.path("atMicros").asLong() / 1_000;
    }

    /** How far event time has come. */
    private void progress(Teller teller) {
        long alarms = 0;
        for (JsonNode monitor :
                server.get("/api/v1/applications/" + APPLICATION + "/monitors").path("monitors")) {
            alarms += monitor.path("state").asText().equals("ALARM") ? 1 : 0;
        }
        teller.scene()
                .anew()
                .fact("fact.time", minute(pump.nowMillis()))
                .fact("fact.events", count(pump.between(broken.fromMillis(), Long.MAX_VALUE)))
                .fact("fact.alarms", count(alarms));
        teller.show();
        teller.pause(LOOK_MILLIS);
    }

    /** The first step of the healing since the break that led there. */
    private Optional<JsonNode> step(String... outcomes) {
        for (JsonNode step : story()) {
            if (millis(step) >= broken.fromMillis()
                    && List.of(outcomes).contains(step.path("outcome").asText())) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    private JsonNode story() {
        return server.get("/api/v1/applications/" + APPLICATION + "/healing")
                .path("healing")
                .path(0)
                .path("story");
    }

    private void heals(Teller teller) {
        teller.page("/monitors", "#healing");
        pump.go(FAST, broken.untilMillis() + AFTER_REPAIR_MILLIS);
        int told = 0;
        Optional<JsonNode> promoted = Optional.empty();
        while (!(pump.there() && server.status().path("lag").asLong() == 0)) {
            progress(teller);
            promoted = step("PROMOTE");
            if (story().size() != told) {
                told = story().size();
                teller.page("/monitors", "#healing");
            }
        }
        pump.go(LIVE, pump.nowMillis() + MOST_LIVE_MILLIS);
        Scene scene = teller.scene().anew();
        promoted.ifPresentOrElse(found -> promoted(scene, found), () -> scene.says(Said.of("heal.kept", said(last()))));
        scene.proof("fact.steps", count(story().size()), story().size() > 1);
        teller.page("/monitors", "#healing");
    }

    private void promoted(Scene scene, JsonNode step) {
        boolean back = last().path("outcome").asText().equals("ROLL_BACK");
        scene.says(back ? Said.of("heal.rolled-back", said(step), said(last())) : Said.of("heal.text", said(step)))
                .fact("fact.healed", minute(millis(step)))
                .fact("fact.heal", count(pump.between(broken.fromMillis(), millis(step))));
    }

    private JsonNode last() {
        JsonNode story = story();
        return story.path(story.size() - 1);
    }

    private void healed(Teller teller) {
        teller.page("/", "#quality");
        long from = step("PROMOTE").map(Walk::millis).orElse(broken.fromMillis());
        long until = Math.max(broken.untilMillis(), from + DAY_MILLIS);
        Optional<Comparison> compared = Comparison.of(server, pump, from, until);
        for (int look = 0; look < MOST_LOOKS && compared.isEmpty(); look++) {
            // decisions reach the lake some seconds after they were made
            teller.pause(LOOK_MILLIS);
            compared = Comparison.of(server, pump, from, until);
        }
        compared.ifPresentOrElse(
                comparison -> healed(teller.scene(), comparison),
                () -> teller.scene().says(Said.of("healed.too-few")));
    }

    private static void healed(Scene scene, Comparison comparison) {
        boolean better = comparison.answers().auc() > comparison.frozen().auc();
        scene.says(Said.of(better ? "healed.text" : "healed.no-better", count(comparison.flights())))
                .fact("fact.auc-healed", decimal(comparison.answers().auc()))
                .fact("fact.auc-frozen", decimal(comparison.frozen().auc()))
                .fact("fact.loss-healed", decimal(comparison.answers().logLoss()))
                .fact("fact.loss-frozen", decimal(comparison.frozen().logLoss()));
    }

    static String minute(long millis) {
        return MINUTE.format(Instant.ofEpochMilli(millis));
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.4f", number);
    }
}
