package io.dougong.server.console;

import io.dougong.trust.Permission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page or button of the console, as the server hangs it into its router.
 *
 * @param path with parameters in braces
 * @param needs what the visitor must be allowed to do; null if anyone may come
 * @param work how long it takes
 * @param parameters names of query parameters it knows
 */
public record Route(
        String method, String path, @Nullable Permission needs, Work work, List<String> parameters, Handler handler) {

    /** How much work a call is. */
    public enum Work {
        /** Answers from memory, at once. */
        NONE,
        /** Looks something up. */
        SHORT,
        /** Takes seconds. */
        LONG
    }

    /** Answers one visit. */
    public interface Handler {
        Response answer(Visit visit) throws Exception;
    }

    static Route page(String path, Handler handler, String... parameters) {
        return new Route("GET", path, Permission.READ, Work.SHORT, List.of(parameters), handler);
    }

    static Route button(String path, Permission needs, Work work, Handler handler, String... parameters) {
        return new Route("POST", path, needs, work, List.of(parameters), handler);
    }

    static Route open(String method, String path, Work work, Handler handler, String... parameters) {
        return new Route(method, path, null, work, List.of(parameters), handler);
    }
}
