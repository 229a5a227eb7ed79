package io.dougong.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Tells what the main path is doing to whoever listens on this thread, e.g. to a trace. That nobody listens costs one look-up. */
public final class Stages {

    private static final ScopedValue<Listener> LISTENER = ScopedValue.newInstance();

    private Stages() {}

    /** Is told of stages. */
    @FunctionalInterface
    public interface Listener {

        /** A stage begins; what is returned ends it, on whatever thread. */
        Runnable begins(String stage);
    }

    /** Does the task while this listener is told of its stages. */
    public static <T, X extends Throwable> T told(Listener listener, ScopedValue.CallableOp<T, X> task) throws X {
        return ScopedValue.where(LISTENER, listener).call(task);
    }

    /** Does the work as a stage of this name. */
    public static <T> T within(String stage, Supplier<T> work) {
        if (!LISTENER.isBound()) {
            return work.get();
        }
        Runnable end = LISTENER.get().begins(stage);
        try {
            return work.get();
        } finally {
            end.run();
        }
    }

    /** A stage that lasts until the future is complete. */
    public static <T> CompletableFuture<T> until(String stage, Supplier<CompletableFuture<T>> work) {
        if (!LISTENER.isBound()) {
            return work.get();
        }
        Runnable end = LISTENER.get().begins(stage);
        return work.get().whenComplete((_, _) -> end.run());
    }
}
