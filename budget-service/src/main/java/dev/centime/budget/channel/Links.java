package dev.centime.budget.channel;

import dev.centime.budget.AlertDelivery;
import dev.centime.contracts.AlertRaised;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a message leads whoever wants to know more. */
@ApplicationScoped
public class Links {
    /** From a slash on, and of characters that end no link. */
    private static final Pattern PATH = Pattern.compile("/[!-~&&[^\"<>\\\\^`{|}]]{0,1000}");

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

    /** Where more is to be seen of what it is about, as whoever raised it says; null when he does not, or says no path. */
    @Nullable
    String more(AlertRaised alert) {
        var link = alert.link();
        return link != null && PATH.matcher(link).matches() ? base + link : null;
    }

    /** What programs ask. */
    Map<String, String> of(AlertRaised alert) {
        var links = new LinkedHashMap<String, String>();
        links.put("dashboard", dashboard());
        links.put("alerts", alerts());
        links.put("recommendations", recommendations());
        var more = more(alert);
        if (more != null) {
            links.put("more", more);
        }
        var entity = alert.entity();
        if (entity.startsWith("budget/")) {
            var budget = base + "/api/v1/budgets/" + entity.substring("budget/".length());
            links.put("budget", budget);
            links.put("status", budget + "/status");
            links.put("increase_requests", budget + "/increase-requests");
        }
        return links;
    }
}
