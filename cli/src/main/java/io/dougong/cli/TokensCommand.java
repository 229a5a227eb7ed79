package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "tokens",
        description = "API tokens and their roles.",
        subcommands = {TokensCommand.Create.class, TokensCommand.Listing.class, TokensCommand.Revoke.class})
final class TokensCommand extends Dougong.Group {

    /** What a token may do. */
    enum Role {
        ADMIN,
        DECIDER,
        REVIEWER,
        AUDITOR
    }

    @CommandLine.Command(
            name = "create",
            description = "Make a token. Its secret is shown once.",
            footer = {"%nExample:", "  dougong tokens create checkout --role decider --expires 2027-01-01T00:00:00Z"})
    static final class Create extends Command {

        @Parameters(paramLabel = "NAME", description = "What it is for.")
        @Nullable
        String name;

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                split = ",",
                description = "${COMPLETION-CANDIDATES}; several with commas.")
        java.util.List<Role> roles = new ArrayList<>();

        @Option(names = "--expires", paramLabel = "TIME", description = "When it stops working (default: never).")
        @Nullable
        String expires;

        @Override
        public Integer call() {
            ObjectNode body = object().put("name", name);
            ArrayNode list = body.putArray("roles");
            roles.forEach(role -> list.add(role.name()));
            if (expires != null) {
                body.put("expires", expires);
            }
            JsonNode created = client().post(Client.path("tokens"), body);
            return show(created, () -> {
                screen().good("Token '" + name + "' for " + roles + ". Keep it: nobody can show it again.");
                screen().line(created.path("secret").asText());
            });
        }
    }

    @CommandLine.Command(name = "list", description = "All tokens, without their secrets.")
    static final class Listing extends Command {

        @Override
        public Integer call() {
            JsonNode tokens = client().get(Client.path("tokens")).path("tokens");
            return show(
                    tokens,
                    () -> screen().table(
                                    tokens,
                                    Arrays.asList(
                                            "id",
                                            "name",
                                            "roles",
                                            "createdMicros",
                                            "expiresMicros",
                                            "revokedMicros",
                                            "lastUsedMicros")));
        }
    }

    @CommandLine.Command(name = "revoke", description = "Make a token stop working.")
    static final class Revoke extends Command {

        @Parameters(paramLabel = "ID")
        @Nullable
        String id;

        @Override
        public Integer call() {
            JsonNode revoked = client().delete(Client.path("tokens", java.util.Objects.requireNonNull(id)));
            return show(revoked, () -> screen().good("Token " + id + " is revoked."));
        }
    }
}
