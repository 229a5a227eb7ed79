package io.dougong.models;

/** The training objectives whose link function is known: how the stored intercept becomes a margin. */
record Objective(Task task, Link link) {

    private enum Link {
        IDENTITY,
        LOGIT,
        LOG
    }

    static Objective of(String name) {
        return switch (name) {
            case "binary:logistic", "reg:logistic" -> new Objective(Task.BINARY, Link.LOGIT);
            case "binary:logitraw" -> new Objective(Task.BINARY, Link.IDENTITY);
            case "multi:softprob", "multi:softmax" -> new Objective(Task.MULTICLASS, Link.IDENTITY);
            case "count:poisson", "reg:gamma", "reg:tweedie" -> new Objective(Task.REGRESSION, Link.LOG);
            case "reg:squarederror",
                    "reg:absoluteerror",
                    "reg:pseudohubererror",
                    "reg:squaredlogerror",
                    "reg:quantileerror",
                    "rank:pairwise",
                    "rank:ndcg",
                    "rank:map" -> new Objective(Task.REGRESSION, Link.IDENTITY);
            default ->
                throw new ModelProblem.Unsupported(
                        "XGBoost objective '" + name + "' is not supported.",
                        "Use binary:logistic, reg:squarederror or multi:softprob.");
        };
    }

    float margin(float intercept) {
        return switch (link) {
            case IDENTITY -> intercept;
            case LOGIT -> -FloatLog.log(1.0f / intercept - 1.0f);
            case LOG -> FloatLog.log(intercept);
        };
    }
}
