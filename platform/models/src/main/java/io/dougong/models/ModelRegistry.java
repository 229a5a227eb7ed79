package io.dougong.models;

import io.dougong.kernel.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The versions of every model, and the aliases that say which one does what ({@code champion}, {@code challenger},
 * {@code shadow}, …). Artifacts are named by digest and never change. Safe to share between threads; calls touch the disk, so make
 * them on platform threads.
 */
public interface ModelRegistry {

    /** The version that answers. */
    String CHAMPION = "champion";

    /** The version that is being tried against it. */
    String CHALLENGER = "challenger";

    /** The version that scores along unseen. */
    String SHADOW = "shadow";

    /** Keeps the artifact durably as the next version of the name; the same artifact again gives the version it has. */
    ModelVersion register(String name, ModelArtifact artifact);

    /** Names of registered models, sorted. */
    List<String> names();

    /**
     * Oldest first.
     *
     * @throws ModelProblem.NotFound if the name is unknown
     */
    List<ModelVersion> versions(String name);

    /** @throws ModelProblem.NotFound if name or version is unknown */
    ModelVersion version(String name, int version);

    /** The first registration of an artifact. */
    Optional<ModelVersion> find(Digest digest);

    /**
     * The artifact, verified against its digest.
     *
     * @throws ModelProblem if it is unknown, missing or changed
     */
    ModelArtifact load(Digest digest);

    /** Points the alias at a version and records who did it and why. */
    AliasChange setAlias(String name, String alias, int version, String who, String why);

    /**
     * Takes the alias away.
     *
     * @throws ModelProblem.NotFound if it is not set
     */
    AliasChange removeAlias(String name, String alias, String who, String why);

    /**
     * The version that the alias points to.
     *
     * @throws ModelProblem.NotFound if the alias is not set
     */
    ModelVersion alias(String name, String alias);

    /** Alias to version, sorted by alias. */
    Map<String, Integer> aliases(String name);

    /** Every change of every alias of the name, oldest first. */
    List<AliasChange> history(String name);
}
