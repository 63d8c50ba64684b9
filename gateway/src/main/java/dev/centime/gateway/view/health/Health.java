package dev.centime.gateway.view.health;

import java.util.Map;

/**
 * Whether everything is there.
 *
 * @param status UP when all of it is, else DOWN
 * @param services UP or DOWN by service
 */
public record Health(String status, Map<String, String> services) {
    static final String UP = "UP";
    static final String DOWN = "DOWN";

    static Health of(Map<String, String> services) {
        return new Health(services.containsValue(DOWN) ? DOWN : UP, services);
    }
}
