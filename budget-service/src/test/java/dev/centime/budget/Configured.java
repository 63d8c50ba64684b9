package dev.centime.budget;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The settings of delivery for tests that run without the service: as they come, but for what a test says. */
public final class Configured {
    private Configured() {}

    public static AlertDelivery with(Map<String, String> values) {
        var builder = new SmallRyeConfigBuilder()
                .withMapping(AlertDelivery.class)
                .addDiscoveredConverters()
                .withDefaultValue("centime.alerts.public-url", "https://centime.example.com")
                .withDefaultValue("centime.alerts.smtp.port", "25")
                .withDefaultValue("centime.alerts.smtp.starttls", "disabled")
                .withDefaultValue("centime.alerts.smtp.tls", "false")
                .withDefaultValue("centime.alerts.smtp.from", "centime@example.com");
        values.forEach((name, value) -> builder.withDefaultValue("centime.alerts." + name, value));
        return builder.build().getConfigMapping(AlertDelivery.class);
    }
}
