package dev.centime.ingest.view.sessions;

import static dev.centime.ingest.view.Contribution.keyed;

import dev.centime.contracts.SessionBudgetStated;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.View;
import dev.centime.ingest.view.Contribution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds a page up by session and person in memory, then its sums to the table: calls of no session cost nothing here. */
@ApplicationScoped
public class Sessions implements Projection {
    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public List<String> tables() {
        return List.of(AddToSessions.TABLE, KeepSessionBudgets.TABLE);
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(UsageRecorded.class, UsageRepriced.class, UsageCorrected.class, SessionBudgetStated.class);
    }

    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        var sums = new LinkedHashMap<SessionKey, SessionSum>();
        var budgets = new LinkedHashMap<SessionKey, SessionBudgetStated>();
        page.forEach(event -> note(event, sums, budgets));
        return AddToSessions.of(view, sums).chain(() -> KeepSessionBudgets.of(view, budgets));
    }

    private static void note(
            Event event, Map<SessionKey, SessionSum> sums, Map<SessionKey, SessionBudgetStated> budgets) {
        if (event.payload() instanceof SessionBudgetStated stated) {
            budgets.put(new SessionKey(event.stored().organization(), stated.session(), ""), stated);
            return;
        }
        var contribution = Contribution.of(event);
        var session = contribution.attribution().session();
        if (session != null) {
            var key = new SessionKey(
                    event.stored().organization(),
                    session,
                    keyed(contribution.attribution().subject()));
            sums.computeIfAbsent(key, _ -> new SessionSum(contribution.at())).add(contribution);
        }
    }
}
