package io.dougong.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings a running server to where it decides about orders. */
final class ShopSetup {

    private static final int HISTORY = 300;

    private ShopSetup() {}

    /** Applies, appends, trains and promotes; returns the manifest. */
    static String learnt(Shell shell, Ledger ledger) throws IOException {
        Path manifest = Path.of("..", "server", "src", "test", "resources", "shop.yaml");
        assertThat(shell.run("apply", manifest.toString()).exit()).isZero();
        assertThat(shell.runWith(Orders.orders(HISTORY), "events", "append", "shop/orders")
                        .exit())
                .isZero();
        assertThat(shell.runWith(Orders.returns(HISTORY), "events", "append", "shop/returns")
                        .exit())
                .isZero();
        assertThat(shell.run("train", "shop/return-risk").exit()).isZero();
        assertThat(shell.run("models", "promote", "shop/return-risk", "1", "--force")
                        .exit())
                .isZero();
        for (int i = 0; i < HISTORY; i++) {
            ledger.events.add("o" + i);
        }
        ledger.manifests.add(new Api(shell)
                .ask("GET", "/api/v1/applications", "")
                .at("/applications/0/version")
                .textValue());
        return Files.readString(manifest);
    }
}
