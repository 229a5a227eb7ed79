package io.dougong.flow.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of pipeline files: those that mean something here, those that are harmless to leave out, those that are not. */
final class Keys {

    static final Set<String> GLOBAL = Set.of(
            "stages",
            "variables",
            "default",
            "workflow",
            "include",
            "image",
            "services",
            "cache",
            "before_script",
            "after_script",
            "spec");

    static final Set<String> JOB = Set.of(
            "stage",
            "script",
            "before_script",
            "after_script",
            "variables",
            "artifacts",
            "rules",
            "needs",
            "when",
            "allow_failure",
            "retry",
            "timeout",
            "extends",
            "dependencies",
            "only");

    static final Set<String> DEFAULT = Set.of("before_script", "after_script", "retry", "timeout", "artifacts");

    /** Known to GitLab, about where or how a job runs there; left out with a note. */
    static final Map<String, String> UNUSED = Map.ofEntries(
            Map.entry("image", "Jobs run on this machine, not in a container."),
            Map.entry("services", "Start what the job needs yourself, or in its script."),
            Map.entry("cache", "Jobs share the working folder."),
            Map.entry("tags", "There is one machine."),
            Map.entry("coverage", ""),
            Map.entry("interruptible", ""),
            Map.entry("environment", ""),
            Map.entry("resource_group", ""),
            Map.entry("id_tokens", ""),
            Map.entry("secrets", "Give secrets in the environment."),
            Map.entry("inherit", ""),
            Map.entry("hooks", ""),
            Map.entry("pages", ""),
            Map.entry("release", ""),
            Map.entry("identity", ""),
            Map.entry("start_in", ""),
            Map.entry("dast_configuration", ""),
            Map.entry("manual_confirmation", ""));

    /** Known to GitLab, and a job without it would be another job. */
    static final Map<String, String> UNSUPPORTED = Map.of(
            "parallel", "Write the jobs out one by one.",
            "trigger", "Call the other pipeline in the script.",
            "except", "Write it as rules.",
            "run", "Write it as a script.",
            "include", "Put everything into one file.");

    static final List<String> USUAL_STAGES = List.of(".pre", "build", "test", "deploy", ".post");

    static final Set<String> ARTIFACTS = Set.of("paths", "exclude", "when");
    static final Set<String> ARTIFACTS_UNUSED =
            Set.of("name", "expire_in", "expose_as", "public", "access", "reports", "untracked");
    static final Set<String> RULE = Set.of("if", "exists", "changes", "when", "variables", "allow_failure", "needs");
    static final Set<String> NEED = Set.of("job", "artifacts", "optional");

    /** What every job finds in its environment. */
    static final Set<String> PREDEFINED = Set.of(
            "CI",
            "CI_COMMIT_BRANCH",
            "CI_COMMIT_REF_NAME",
            "CI_COMMIT_REF_SLUG",
            "CI_DEFAULT_BRANCH",
            "CI_PIPELINE_SOURCE",
            "CI_PIPELINE_ID",
            "CI_PROJECT_DIR",
            "CI_JOB_NAME",
            "CI_JOB_STAGE",
            "CI_COMMIT_SHA",
            "CI_COMMIT_SHORT_SHA",
            "CI_COMMIT_TAG",
            "CI_MERGE_REQUEST_ID",
            "CI_MERGE_REQUEST_IID",
            "CI_OPEN_MERGE_REQUESTS",
            "CI_COMMIT_MESSAGE",
            "CI_COMMIT_TITLE",
            "CI_PROJECT_NAME",
            "CI_PROJECT_PATH",
            "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
            "CI_SERVER",
            "GITLAB_CI");

    private Keys() {}
}
