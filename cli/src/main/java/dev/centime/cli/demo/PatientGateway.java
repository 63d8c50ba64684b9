package dev.centime.cli.demo;

import dev.centime.cli.Failure;
import dev.centime.cli.ask.Gateway;
import java.net.http.HttpRequest.BodyPublisher;
import java.util.Map;

/**
 * Asks again where what stands in the way may be temporary: views that add up thousands of calls, on a slow machine, or a service that
 * starts anew. For what does no harm when it is done twice.
 */
final class PatientGateway {
    private static final int TRIES = 20;
    private static final long PAUSE_MS = 1_000;

    private final Gateway gateway;

    PatientGateway(Gateway gateway) {
        this.gateway = gateway;
    }

    /** As {@link Gateway#send}. */
    Gateway.Answer send(String method, String path, BodyPublisher body, Map<String, String> headers) {
        for (var tries = 1; ; tries++) {
            try {
                return gateway.send(method, path, body, headers);
            } catch (Failure e) {
                if (e.exitCode() != Failure.UNREACHABLE || tries == TRIES) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted.");
        }
    }
}
