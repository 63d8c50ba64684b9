package dev.centime.budget.channel;

import dev.centime.budget.AlertDelivery;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a message leads whoever wants to know more. */
@ApplicationScoped
public class Links {
    private final String base;

    public Links(AlertDelivery settings) {
        var url = settings.publicUrl().toString();
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    String dashboard() {
        return base + "/";
    }

    String recommendations() {
        return base + "/#recommendations";
    }

    String alerts() {
        return base + "/#alerts";
    }

    /** What programs ask. @param entity as {@code budget/ID} */
    Map<String, String> of(String entity) {
        var links = new LinkedHashMap<String, String>();
        links.put("dashboard", dashboard());
        links.put("alerts", alerts());
        links.put("recommendations", recommendations());
        if (entity.startsWith("budget/")) {
            var budget = base + "/api/v1/budgets/" + entity.substring("budget/".length());
            links.put("budget", budget);
            links.put("status", budget + "/status");
            links.put("increase_requests", budget + "/increase-requests");
        }
        return links;
    }
}
