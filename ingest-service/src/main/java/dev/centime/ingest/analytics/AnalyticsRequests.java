package dev.centime.ingest.analytics;

import dev.centime.ingest.view.costs.question.AskedCosts;
import dev.centime.ingest.view.costs.question.CallFigures;
import dev.centime.ingest.view.costs.question.CostQuestion;
import dev.centime.ingest.view.costs.question.CostRequests;
import dev.centime.ingest.view.costs.question.Granularity;
import dev.centime.ingest.view.sessions.SessionQuestion;
import dev.centime.kit.Query;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the request at hand asks of analytics. */
@RequestScoped
class AnalyticsRequests {
    /** No call is older. */
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    /** A call may be a day ahead. */
    private static final Duration AHEAD = Duration.ofDays(2);

    private static final String ELSEWHERE = "cannot be asked for here, only by /costs/breakdown and /sessions";

    private final CostRequests requests;
    private final Query query;

    AnalyticsRequests(CostRequests requests, Query query) {
        this.requests = requests;
        this.query = query;
    }

    /** About the period that the query names. What only single calls know would make of all time a walk through all of them. */
    Uni<AskedCosts> asked() {
        query.refuse(
                "as_of",
                "cannot be asked for here: sessions are summed up as of now; /costs/summary and others take it");
        query.refuse("session", ELSEWHERE);
        query.refuse("run", ELSEWHERE);
        query.startingWith("tag.").keySet().forEach(name -> query.refuse(name, ELSEWHERE));
        return requests.asked().map(asked -> asked.asking(CallFigures.MEASURES));
    }

    Granularity granularity() {
        var word = query.word("granularity", Granularity.NAMES);
        return Granularity.named(word == null ? "day" : word).orElseThrow();
    }

    Instant now() {
        return requests.now();
    }

    /** The same about all time, by whole days of UTC, which cost least. */
    CostQuestion allTime(AskedCosts asked) {
        return asked.question().during(FIRST, now().truncatedTo(ChronoUnit.DAYS).plus(AHEAD));
    }

    static SessionQuestion sessions(CostQuestion question) {
        return new SessionQuestion(
                question.organization(), question.from(), question.until(), question.scope(), null, null);
    }
}
