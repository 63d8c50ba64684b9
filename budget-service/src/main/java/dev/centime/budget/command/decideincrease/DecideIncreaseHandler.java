package dev.centime.budget.command.decideincrease;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.BudgetRefusal.DecidedBefore;
import dev.centime.budget.BudgetRefusal.NeverAsked;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.BudgetRefusal.Unknown;
import dev.centime.budget.DerivedId;
import dev.centime.budget.IncreaseRequest;
import dev.centime.budget.IncreaseRequests;
import dev.centime.budget.IncreaseRequests.Read;
import dev.centime.budget.event.AlertAcknowledged;
import dev.centime.budget.event.IncreaseDecided;
import dev.centime.contracts.BudgetSet;
import dev.centime.eventstore.log.AppendCondition;
import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.Tag;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Decides on a request, changes the budget where it is granted, and sees to the request's alert: all of it or nothing. */
@ApplicationScoped
class DecideIncreaseHandler {
    private static final int ATTEMPTS = 10;

    private final IncreaseRequests requests;
    private final EventLog log;
    private final EventTypes types;

    DecideIncreaseHandler(IncreaseRequests requests, EventLog log, EventTypes types) {
        this.requests = requests;
        this.log = log;
        this.types = types;
    }

    /** @param position of its events */
    record Done(IncreaseRequest request, Position position) {}

    /** @param metadata of its events: by whom, and from where. @return fails with the refusal */
    Uni<Done> handle(String organization, DecideIncrease command, Map<String, String> metadata) {
        return attempt(organization, command, metadata, ATTEMPTS);
    }

    private Uni<Done> attempt(String organization, DecideIncrease command, Map<String, String> metadata, int attempts) {
        return requests.of(organization, command.budgetId()).chain(read -> {
            var decided = decide(command, read);
            var events = decided.stream()
                    .map(payload -> event(command, payload, metadata))
                    .toList();
            var condition = new AppendCondition(requests.criteria(command.budgetId()), read.head());
            return log.append(organization, events, condition)
                    .chain(appended -> appended.outcomes().getLast().duplicate()
                            ? asItStands(organization, command, appended.position())
                            : Uni.createFrom().item(new Done(after(read, decided), appended.position())))
                    .onFailure(AppendRejected.class)
                    .recoverWithUni(rejected -> attempts > 1
                            ? attempt(organization, command, metadata, attempts - 1)
                            : Uni.createFrom().failure(rejected));
        });
    }

    /** The log takes a decision once: this was stored by a call whose answer was lost, or it is somebody else's who was faster. */
    private Uni<Done> asItStands(String organization, DecideIncrease command, Position position) {
        return requests.of(organization, command.budgetId()).map(read -> {
            var request = read.find(command.requestId()).orElseThrow();
            var decision = Objects.requireNonNull(request.decision());
            if (!decision.by().equals(command.by()) || !decision.at().equals(command.at())) {
                throw new Refused(new DecidedBefore(request));
            }
            return new Done(request, position);
        });
    }

    /** The budget first where it changes; the decision itself last. */
    static List<Object> decide(DecideIncrease command, Read read) {
        var budget = read.budget();
        if (budget == null) {
            throw new Refused(new Unknown(command.budgetId()));
        }
        var request =
                read.find(command.requestId()).orElseThrow(() -> new Refused(new NeverAsked(command.requestId())));
        if (!request.isOpen()) {
            throw new Refused(new DecidedBefore(request));
        }
        var standing = budget.definition().totalLimit();
        // Another request, or somebody by himself, may have raised it beyond that meanwhile: granting one takes nothing
        // back.
        var raises = command.approved() && request.wanted().compareTo(standing) > 0;
        var decided = new ArrayList<Object>();
        if (raises) {
            decided.add(new BudgetSet(
                    budget.budgetId(),
                    budget.revision() + 1,
                    budget.definition()
                            .with(request.wanted(), budget.definition().thresholds()),
                    command.by(),
                    budget.createdBy(),
                    budget.createdAt()));
        }
        decided.add(new AlertAcknowledged(alertOf(request.requestId()), command.by(), command.at()));
        decided.add(new IncreaseDecided(
                request.requestId(),
                budget.budgetId(),
                command.approved(),
                raises ? request.wanted() : standing,
                command.reason(),
                command.by(),
                command.at()));
        return decided;
    }

    private static String alertOf(String requestId) {
        return DerivedId.of("increase-requested", requestId).toString();
    }

    private static IncreaseRequest after(Read read, List<Object> decided) {
        var last = (IncreaseDecided) decided.getLast();
        return read.find(last.requestId()).orElseThrow().decided(last);
    }

    /** Ids follow from the request, so that each happens once; somebody may have acknowledged the alert before. */
    private NewEvent event(DecideIncrease command, Object payload, Map<String, String> metadata) {
        var id =
                switch (payload) {
                    case AlertAcknowledged acknowledged -> DerivedId.of("alert-acknowledged", acknowledged.alertId());
                    case BudgetSet _ -> DerivedId.of("increase-granted", command.requestId());
                    default -> DerivedId.of("increase-decided", command.requestId());
                };
        var tags = payload instanceof BudgetSet set
                ? Set.of(new Tag(BudgetConfiguration.BUDGET_TAG, set.budgetId()), BudgetConfiguration.LIMITS)
                : Set.<Tag>of();
        return types.encode(id.toString(), command.at(), payload, metadata, tags);
    }
}
