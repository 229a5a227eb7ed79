package io.dougong.learn.xgboost;

import io.dougong.learn.LearnProblem;
import io.dougong.learn.Progress;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs native code on a platform thread of its own, because it would pin a virtual thread's carrier. */
final class NativeWork {

    private NativeWork() {}

    /** @throws LearnProblem if it fails, or the waiting thread is interrupted; then the work is interrupted too */
    static <T> T done(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofPlatform().name("xgboost-training").daemon().start(task);
        try {
            return task.get();
        } catch (InterruptedException _) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw LearnProblem.interrupted(Progress.Phase.TRAIN);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof LearnProblem problem
                    ? problem
                    : LearnProblem.trainerFailed("xgboost", cause(failed));
        }
    }

    private static Throwable cause(ExecutionException failed) {
        Throwable cause = failed.getCause();
        return cause == null ? failed : cause;
    }
}
