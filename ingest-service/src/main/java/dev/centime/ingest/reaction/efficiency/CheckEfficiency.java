package dev.centime.ingest.reaction.efficiency;

import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.Organization;
import dev.centime.contracts.Scope;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.ingest.reaction.efficiency.EfficiencyChecks.Taken;
import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.costs.efficiency.Efficiencies;
import dev.centime.ingest.view.costs.question.CostQuestion;
import dev.centime.kit.Organizations;
import dev.centime.kit.Period;
import dev.centime.kit.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at an organization's month, and tells the log of what is worth an alert; told again, the log has it once. */
@ApplicationScoped
class CheckEfficiency {
    private final Efficiencies efficiencies;
    private final Organizations organizations;
    private final EventLog log;
    private final EventTypes types;
    private final EfficiencyMetrics metrics;
    private final Clock clock;

    CheckEfficiency(
            Efficiencies efficiencies,
            Organizations organizations,
            EventLog log,
            EventTypes types,
            EfficiencyMetrics metrics,
            Clock clock) {
        this.efficiencies = efficiencies;
        this.organizations = organizations;
        this.log = log;
        this.types = types;
        this.metrics = metrics;
        this.clock = clock;
    }

    Uni<Void> of(Taken taken) {
        var found = organizations.find(taken.organization());
        return found.isEmpty() ? Uni.createFrom().voidItem() : of(taken, found.get(), clock.instant());
    }

    private Uni<Void> of(Taken taken, Organization organization, Instant now) {
        return Multi.createFrom()
                .iterable(months(organization, now))
                .onItem()
                .transformToUniAndConcatenate(month -> of(taken, organization, month, now))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /**
     * The month until today, and on its first day the one before: its last calls may not have been looked at. Of either the days whose
     * calls are kept.
     */
    static List<Period> months(Organization organization, Instant now) {
        var today = now.atZone(organization.timeZone()).toLocalDate();
        return Stream.of("last_month", "month")
                .filter(name -> today.getDayOfMonth() == 1 || name.equals("month"))
                .map(name -> Period.named(name, today, organization))
                .flatMap(month -> kept(month, organization, now).stream())
                .toList();
    }

    /** What of a month has calls: who keeps them for less than a month is told of what he keeps. Empty when that is nothing. */
    static Optional<Period> kept(Period month, Organization organization, Instant now) {
        var first = now.atZone(organization.timeZone()).toLocalDate().minusDays(organization.detailRetentionDays());
        if (month.end().isBefore(first)) {
            return Optional.empty();
        }
        return Optional.of(month.start().isBefore(first) ? new Period(first, month.end(), month.zone()) : month);
    }

    private Uni<Void> of(Taken taken, Organization organization, Period month, Instant now) {
        var question = new CostQuestion(
                organization.id(),
                taken.partition(),
                month.from(),
                month.until(),
                Scope.ORGANIZATION,
                null,
                Measures.ALL);
        return efficiencies
                .of(question, organization, month, now, false)
                .map(efficiency -> EfficiencyAlerts.of(organization.id(), efficiency, month, now))
                // Calls were kept for fewer days until lately: the month is judged again when it has whole days only.
                .onFailure(Problem.class)
                .recoverWithItem(List.of())
                .chain(alerts -> raise(organization, alerts));
    }

    private Uni<Void> raise(Organization organization, List<AlertRaised> alerts) {
        if (alerts.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var events = alerts.stream()
                .map(alert -> types.encode(
                        alert.alertId(), alert.raisedAt(), alert, Map.of("actor", "ingest-service"), Set.of()))
                .toList();
        return log.append(organization.id(), events)
                .invoke(appended -> {
                    for (int i = 0; i < alerts.size(); i++) {
                        if (!appended.outcomes().get(i).duplicate()) {
                            metrics.raised(alerts.get(i).kind());
                        }
                    }
                })
                .replaceWithVoid();
    }
}
