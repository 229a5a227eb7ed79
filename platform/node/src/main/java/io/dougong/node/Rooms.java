package io.dougong.node;

import io.dougong.decisions.DecisionLog;
import io.dougong.events.EventLog;
import io.dougong.features.FeatureStore;
import io.dougong.kernel.Home;
import io.dougong.lake.Lake;
import io.dougong.models.ModelRegistry;
import io.dougong.trust.Vault;
import java.util.function.Function;

/**
 * The rooms that an application needs, wired once.
 *
 * @param features opens the feature store of an application
 */
record Rooms(
        NodeSettings settings,
        Home home,
        EventLog log,
        DecisionLog decisions,
        Lake lake,
        Vault vault,
        Definitions definitions,
        Administration administration,
        ModelRegistry registry,
        Arms arms,
        Function<String, FeatureStore> features) {}
