package io.dougong.node;

import io.dougong.features.FeatureView;
import io.dougong.kernel.FieldType;
import io.dougong.manifest.Application;
import io.dougong.operate.FeedShape;
import io.dougong.operate.HealingDefinition;
import io.dougong.operate.Watch;
import io.dougong.serving.DecisionDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the monitors and the healing of an application together from its manifest. */
final class MonitoringAssembly {

    private final RunningApplication running;
    private final Rooms rooms;
    private final Training training;
    private final References references;

    MonitoringAssembly(RunningApplication running, Rooms rooms, Training training, References references) {
        this.running = running;
        this.rooms = rooms;
        this.training = training;
        this.references = references;
    }

    /** @param pipeline that writes the records, once it is there */
    Monitoring assemble(Monitoring.@Nullable Kept before, Supplier<Pipeline> pipeline) {
        Application application = running.application();
        Watch watch = new Watch(
                application.monitors(),
                running.streams().stream().map(this::shape).toList(),
                before == null ? null : before.watch(),
                digest -> references.find(digest).orElse(null));
        List<HealingDesk> desks = new ArrayList<>();
        for (HealingDefinition healing : application.healing()) {
            HealingDesk.Kept kept = before == null ? null : before.desks().get(healing.model());
            HealingHands hands = new HealingHands(running, rooms, training, () -> pipeline.get()::record);
            application.decisions().stream()
                    .filter(decision -> decision.model().equals(healing.model()))
                    .map(DecisionDefinition::name)
                    .findFirst()
                    .ifPresent(decision -> desks.add(new HealingDesk(healing, decision, hands, kept)));
        }
        return new Monitoring(application.name(), watch, references, rooms.log(), desks, before);
    }

    private FeedShape shape(NodeStream stream) {
        List<String> groups = running.application().monitors().groups().get(stream.name());
        return new FeedShape(
                stream.name(), stream.schema(), stream.definition().key(), groups == null ? entities(stream) : groups);
    }

    /** Text fields of the stream by which some view keeps its values. */
    private List<String> entities(NodeStream stream) {
        return running.application().features().stream()
                .filter(view -> view.stream().equals(stream.name()))
                .map(FeatureView::entity)
                .filter(entity -> entity.size() == 1)
                .map(List::getFirst)
                .filter(field -> stream.schema().has(field))
                .filter(field -> stream.schema().field(field).type() == FieldType.STRING)
                .distinct()
                .toList();
    }
}
