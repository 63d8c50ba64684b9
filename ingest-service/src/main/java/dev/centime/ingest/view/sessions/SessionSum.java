package dev.centime.ingest.view.sessions;

import dev.centime.ingest.view.Contribution;
import dev.centime.ingest.view.Measures;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** What a page of events adds to a session. */
final class SessionSum {
    /** A session has a few; what somebody makes up has no end. */
    static final int MAX_MODELS = 100;

    private final Measures measures = Measures.zero();
    private final Set<String> models = new TreeSet<>();
    private Instant firstAt;
    private Instant lastAt;

    SessionSum(Instant at) {
        firstAt = at;
        lastAt = at;
    }

    void add(Contribution contribution) {
        measures.add(contribution.measures());
        if (models.size() < MAX_MODELS) {
            models.add(contribution.model().name());
        }
        if (contribution.at().isBefore(firstAt)) {
            firstAt = contribution.at();
        }
        if (contribution.at().isAfter(lastAt)) {
            lastAt = contribution.at();
        }
    }

    Measures measures() {
        return measures;
    }

    Set<String> models() {
        return models;
    }

    Instant firstAt() {
        return firstAt;
    }

    Instant lastAt() {
        return lastAt;
    }
}
