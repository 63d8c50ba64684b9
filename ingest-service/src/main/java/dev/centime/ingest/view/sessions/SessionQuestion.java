package dev.centime.ingest.view.sessions;

import dev.centime.contracts.Money;
import dev.centime.contracts.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions are asked for.
 *
 * @param from sessions whose last call is before it are not meant
 * @param until sessions whose first call is not before it are not meant
 * @param scope with users as subject ids: sessions in which a call was made that it covers; of users and sessions, theirs alone
 * @param minCost US dollars, null for no bound
 * @param maxCost US dollars, null for no bound
 */
public record SessionQuestion(
        String organization,
        Instant from,
        Instant until,
        Scope scope,
        @Nullable Money minCost,
        @Nullable Money maxCost) {}
