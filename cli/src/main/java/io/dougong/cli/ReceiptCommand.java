package io.dougong.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.dougong.decisions.Decision;
import io.dougong.decisions.DecisionCodec;
import io.dougong.decisions.Receipt;
import io.dougong.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "receipt",
        description = "Signed proof of a decision, which verifies without the server.",
        subcommands = {ReceiptCommand.Get.class, ReceiptCommand.Verify.class})
final class ReceiptCommand extends Dougong.Group {

    @CommandLine.Command(
            name = "get",
            description = "Fetch the receipt of a decision.",
            footer = {"%nExample:", "  dougong receipt get ID --out receipt.json"})
    static final class Get extends Command {

        @Parameters(paramLabel = "ID")
        @Nullable
        String id;

        @Option(names = "--out", paramLabel = "FILE", description = "Write it there (default: standard output).")
        @Nullable
        Path out;

        @Override
        public Integer call() {
            byte[] receipt = client().bytes(Client.path("decisions", java.util.Objects.requireNonNull(id), "receipt"));
            if (out == null) {
                screen().compact(Json.tree(receipt));
                return Exit.OK;
            }
            write(out, receipt);
            JsonNode result = object().put("written", out.toString());
            return show(result, () -> screen().good("Receipt written to " + out + "."));
        }

        private static void write(Path file, byte[] bytes) {
            try {
                Files.write(file, bytes);
            } catch (IOException unwritable) {
                throw Refusal.of(Exit.USAGE, "unwritable-file", "Could not write " + file + ".", "");
            }
        }
    }

    @CommandLine.Command(
            name = "verify",
            description = "Check a receipt here, without any server.",
            footer = {
                "%nExample:",
                "  dougong receipt verify receipt.json --key 9f2c…",
                "",
                "Without --key it is shown that nothing was changed since this key signed it;",
                "whose key it is, only a key id that you were given by other means can tell."
            })
    static final class Verify extends Command {

        @Parameters(paramLabel = "FILE", description = "'-' is standard input.")
        @Nullable
        Path file;

        @Option(names = "--key", paramLabel = "KEY-ID", description = "Id of the key that you trust.")
        @Nullable
        String keyId;

        @Override
        public Integer call() {
            Receipt receipt = Receipt.fromJson(content(java.util.Objects.requireNonNull(file)));
            Decision decision = receipt.verified(id -> keyId == null || keyId.equals(id));
            JsonNode record = Json.tree(DecisionCodec.bytes(decision));
            JsonNode result = object().put("verified", true)
                    .put("keyId", receipt.keyId())
                    .put("position", receipt.position())
                    .set("decision", record);
            return show(result, () -> {
                screen().good("The receipt holds. Signed by key " + receipt.keyId()
                        + (keyId == null ? " (compare it with the one you were given)." : "."));
                new DecisionCard(screen()).print(record);
            });
        }
    }
}
