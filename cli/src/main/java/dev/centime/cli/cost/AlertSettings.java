package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.cli.ask.Gateway;

/** Where an organization's alerts go, read and changed by the version that was read. */
final class AlertSettings {
    private static final String PATH = "/alerts/settings";

    private final Gateway gateway;
    private final Gateway.Answer read;

    AlertSettings(Gateway gateway) {
        this.gateway = gateway;
        this.read = gateway.getForEdit(PATH);
    }

    JsonNode now() {
        return read.body();
    }

    /** @return as they are then; a secret that was made stands in it this once */
    JsonNode change(ObjectNode patch) {
        return gateway.patch(PATH, patch, read.header("ETag"));
    }
}
