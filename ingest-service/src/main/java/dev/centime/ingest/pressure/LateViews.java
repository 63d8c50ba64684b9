package dev.centime.ingest.pressure;

import dev.centime.eventstore.projection.ViewLag;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions must not take more, from one look at all views after the other. A view that is slow makes its partition refuse; one
 * that stands still does not, nor does one that is catching up and comes nearer. Belongs to one thread.
 */
final class LateViews {
    private final PressureSettings settings;
    private Map<View, Seen> known = Map.of();

    LateViews(PressureSettings settings) {
        this.settings = settings;
    }

    private record View(String service, String name, int partition) {}

    /** @param movedAt when it was first seen where it is. Times are of {@link System#nanoTime()}. */
    private record Seen(long upTo, long movedAt, Standing standing) {}

    /** How a view that is behind has been doing. */
    private sealed interface Standing {
        /** Behind, not by more than is allowed. */
        record Near() implements Standing {}

        record Late(long since) implements Standing {}

        record Refusing(double seconds) implements Standing {}

        record Still() implements Standing {}

        /** @param fewest events that were missing at any look, at that time */
        record CatchingUp(long fewest, long at) implements Standing {}
    }

    /**
     * Takes notice of what is behind now.
     *
     * @return the partitions that refuse, with the seconds by which they are late
     */
    Map<Integer, Double> look(Collection<ViewLag> behind, long nanos) {
        var next = new HashMap<View, Seen>();
        for (var lag : behind) {
            var view = new View(lag.service(), lag.view(), lag.partition());
            next.put(view, seen(known.get(view), lag, nanos));
        }
        known = next;
        var refusing = new HashMap<Integer, Double>();
        next.forEach((view, seen) -> {
            if (seen.standing() instanceof Standing.Refusing(double seconds)) {
                refusing.merge(view.partition(), seconds, Math::max);
            }
        });
        return refusing;
    }

    /** Views that stood still at the last look. */
    long still() {
        return known.values().stream()
                .filter(seen -> seen.standing() instanceof Standing.Still)
                .count();
    }

    /** @param before null for a view that was not behind when last looked at, or never was looked at */
    private Seen seen(@Nullable Seen before, ViewLag lag, long nanos) {
        var movedAt = before != null && before.upTo() == lag.upTo() ? before.movedAt() : nanos;
        var standing = nanos - movedAt > settings.still().toNanos()
                ? new Standing.Still()
                : next(before == null ? null : before.standing(), lag, nanos);
        return new Seen(lag.upTo(), movedAt, standing);
    }

    private Standing next(@Nullable Standing before, ViewLag lag, long nanos) {
        if (lag.seconds() < seconds(settings.eased())) {
            return new Standing.Near();
        }
        return switch (before) {
            case Standing.Refusing _ -> new Standing.Refusing(lag.seconds());
            case Standing.CatchingUp catchingUp -> catchingUp(catchingUp, lag, nanos);
            case Standing.Late(long since) -> late(since, lag, nanos);
            case Standing.Near _ -> late(nanos, lag, nanos);
            case Standing.Still _ -> new Standing.CatchingUp(lag.events(), nanos);
            // Late when first seen: it was so before anybody looked.
            case null ->
                lag.seconds() > seconds(settings.late())
                        ? new Standing.CatchingUp(lag.events(), nanos)
                        : new Standing.Near();
        };
    }

    private Standing catchingUp(Standing.CatchingUp before, ViewLag lag, long nanos) {
        if (lag.events() < before.fewest()) {
            return new Standing.CatchingUp(lag.events(), nanos);
        }
        return nanos - before.at() < settings.gains().toNanos() ? before : late(nanos, lag, nanos);
    }

    private Standing late(long since, ViewLag lag, long nanos) {
        if (lag.seconds() <= seconds(settings.late())) {
            return new Standing.Near();
        }
        return nanos - since < settings.lasting().toNanos()
                ? new Standing.Late(since)
                : new Standing.Refusing(lag.seconds());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
