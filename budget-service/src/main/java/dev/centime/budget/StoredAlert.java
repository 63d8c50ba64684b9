package dev.centime.budget;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.Contracts;

/** An alert as it lies in a column. */
public final class StoredAlert {
    private static final ObjectMapper MAPPER = Contracts.mapper();

    private StoredAlert() {}

    public static String json(AlertRaised alert) {
        try {
            return MAPPER.writeValueAsString(alert);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an alert is always JSON", e);
        }
    }

    public static AlertRaised read(String json) {
        try {
            return MAPPER.readValue(json, AlertRaised.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored alert is always readable", e);
        }
    }
}
