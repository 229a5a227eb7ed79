package io.dougong.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes spans as an OpenTelemetry collector does, and gives each message to whoever asks with GET, which waits for one. */
final class Collector implements AutoCloseable {

    private static final int OK = 200;
    private static final long PATIENCE_SECONDS = 60;

    private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    private final HttpServer http;

    Collector() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/v1/traces", this::handle);
        http.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/v1/traces";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] answer = new byte[0];
            if (exchange.getRequestMethod().equals("POST")) {
                messages.add(exchange.getRequestBody().readAllBytes());
            } else {
                byte[] message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                answer = message == null ? answer : message;
            }
            exchange.sendResponseHeaders(OK, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
