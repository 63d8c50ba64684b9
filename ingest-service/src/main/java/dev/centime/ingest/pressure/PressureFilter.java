package dev.centime.ingest.pressure;

import dev.centime.kit.CurrentCaller;
import io.smallrye.mutiny.Uni;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses before the body is looked at and before an idempotency key is claimed. */
public class PressureFilter {
    private static final int FIRST = 1_000;

    private final CurrentCaller current;
    private final Pressure pressure;

    PressureFilter(CurrentCaller current, Pressure pressure) {
        this.current = current;
        this.pressure = pressure;
    }

    @HeedsPressure
    @ServerRequestFilter(priority = FIRST)
    public Uni<Void> heed() {
        return pressure.heed(current.get().oneOrganization());
    }
}
