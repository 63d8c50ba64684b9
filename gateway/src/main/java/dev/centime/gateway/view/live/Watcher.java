package dev.centime.gateway.view.live;

import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.Attribution;
import dev.centime.contracts.ImportProgressed;
import dev.centime.contracts.Money;
import dev.centime.gateway.door.ApiKey;
import dev.centime.kit.Role;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One open connection: gathers what happened for its caller until it is told. However fast calls are recorded and however slowly the
 * other end reads, it holds one sum, a few
 * alerts and how a few imports stand.
 */
final class Watcher {
    private static final int MAX_ALERTS = 100;
    private static final int MAX_IMPORTS = 100;

    private final ApiKey key;
    private final String organization;
    private final BooleanSupplier individualsHidden;
    private final ArrayDeque<AlertRaised> alerts = new ArrayDeque<>();
    private final LinkedHashMap<String, ImportProgressed> imports = new LinkedHashMap<>();
    private Money cost = Money.ZERO;
    private long requests;
    private boolean spent;

    /**
     * @param organization whose events it sees; {@code *} for all
     * @param individualsHidden whether, at the moment, it must not learn what single persons did
     */
    Watcher(ApiKey key, String organization, BooleanSupplier individualsHidden) {
        this.key = key;
        this.organization = organization;
        this.individualsHidden = individualsHidden;
    }

    ApiKey key() {
        return key;
    }

    /** Whether events of an organization are this caller's to see. */
    boolean watches(String which) {
        return organization.equals(which) || organization.equals(dev.centime.kit.Caller.ALL_ORGANIZATIONS);
    }

    synchronized void spend(Attribution whose, Money amount, long calls) {
        if (isMine(whose.subject())) {
            cost = cost.plus(amount);
            requests += calls;
            spent = true;
        }
    }

    synchronized void alert(AlertRaised alert) {
        if (!isMine(alert.subject()) || alert.aboutIndividuals() && individualsHidden.getAsBoolean()) {
            return;
        }
        if (alerts.size() == MAX_ALERTS) {
            alerts.removeFirst();
        }
        alerts.addLast(alert);
    }

    /** The last word on each import is told; what it was in between is not. Imports are an administrator's. */
    synchronized void imported(ImportProgressed progress) {
        if (key.role() == Role.USER) {
            return;
        }
        imports.remove(progress.importId());
        if (imports.size() == MAX_IMPORTS) {
            imports.pollFirstEntry();
        }
        imports.put(progress.importId(), progress);
    }

    /** What was spent since the last call; empty when nothing was. */
    synchronized Optional<SpendTick> takeSpend(Instant now) {
        if (!spent) {
            return Optional.empty();
        }
        var tick = new SpendTick(cost, requests, now);
        cost = Money.ZERO;
        requests = 0;
        spent = false;
        return Optional.of(tick);
    }

    synchronized List<ImportProgressed> takeImports() {
        var taken = new ArrayList<>(imports.values());
        imports.clear();
        return taken;
    }

    synchronized List<AlertRaised> takeAlerts() {
        var taken = new ArrayList<>(alerts);
        alerts.clear();
        return taken;
    }

    /** A person sees his own and nobody else's; everyone else what is the organization's. */
    private boolean isMine(@org.jspecify.annotations.Nullable String subject) {
        return key.role() != Role.USER || key.subject() != null && key.subject().equals(subject);
    }
}
