package dev.centime.gateway.route;

import dev.centime.gateway.GatewaySettings;
import dev.centime.gateway.door.Admitted;
import dev.centime.gateway.door.TokenMint;
import dev.centime.gateway.route.ServiceQuestions.Question;
import dev.centime.kit.Headers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks services for parts of one answer, as whoever asks the gateway. */
@ApplicationScoped
public class Parts {
    private static final Logger LOG = Logger.getLogger(Parts.class);

    private final ServiceQuestions services;
    private final TokenMint mint;
    private final GatewaySettings settings;
    private final Duration atLeastPatience;
    private final Map<Service, Counter> missing = new EnumMap<>(Service.class);

    /** @param atLeastPatience what a read that waits for a write may take longer */
    Parts(
            ServiceQuestions services,
            TokenMint mint,
            GatewaySettings settings,
            MeterRegistry metrics,
            @ConfigProperty(name = "centime.at-least.patience") Duration atLeastPatience) {
        this.services = services;
        this.mint = mint;
        this.settings = settings;
        this.atLeastPatience = atLeastPatience;
        for (var service : Service.values()) {
            missing.put(service, metrics.counter("centime.gateway.parts.missing", "service", service.text()));
        }
    }

    /** What goes with every question of one answer. @param atLeast which write must be seen, null for none */
    public Map<String, String> headers(Admitted admitted, @Nullable String atLeast) {
        var headers = new HashMap<String, String>();
        headers.put("Authorization", "Bearer " + mint.token(admitted));
        if (atLeast != null) {
            headers.put(Headers.AT_LEAST, atLeast);
        }
        return headers;
    }

    /** Never fails: a service that does not answer in time is a part without an answer. */
    public Uni<Part> ask(Question question) {
        var patience = question.headers().containsKey(Headers.AT_LEAST)
                ? settings.timeouts().section().plus(atLeastPatience)
                : settings.timeouts().section();
        return services.ask(question, patience)
                .map(answer -> new Part(question.service(), answer))
                .onFailure()
                .invoke(failure -> LOG.debugf("no %s: %s", question.target(), failure))
                .onFailure()
                .recoverWithItem(new Part(question.service(), null))
                .invoke(part -> {
                    if (part.isMissing()) {
                        Objects.requireNonNull(missing.get(part.service())).increment();
                    }
                });
    }

    /** The services whose parts are missing, by name. */
    public static List<String> unavailable(Collection<Part> parts) {
        var names = new TreeSet<String>();
        parts.stream()
                .filter(Part::isMissing)
                .forEach(part -> names.add(part.service().text()));
        return List.copyOf(names);
    }
}
