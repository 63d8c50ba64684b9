package dev.centime.budget;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.centime.budget.event.IncreaseDecided;
import dev.centime.budget.event.IncreaseRequested;
import dev.centime.contracts.Money;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for beyond a budget's limit, and what became of it.
 *
 * @param limit the one that stood when it was asked for
 * @param wanted US dollars a window instead
 * @param by who asked, as id
 * @param decision null while nobody has decided
 */
@Schema(name = "IncreaseRequestMade")
public record IncreaseRequest(
        String requestId,
        String budgetId,
        Money limit,
        Money wanted,
        String reason,
        String by,
        Instant at,
        State state,
        @Nullable Decision decision) {

    /** What became of one. */
    @Schema(name = "IncreaseState")
    public enum State {
        OPEN,
        APPROVED,
        DECLINED;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param limit of the budget from then on. @param by who decided, as id */
    @Schema(name = "IncreaseDecisionMade")
    public record Decision(Money limit, String reason, String by, Instant at) {}

    static IncreaseRequest of(IncreaseRequested asked) {
        return new IncreaseRequest(
                asked.requestId(),
                asked.budgetId(),
                asked.limit(),
                asked.wanted(),
                asked.reason(),
                asked.by(),
                asked.at(),
                State.OPEN,
                null);
    }

    /** The same, decided on. */
    public IncreaseRequest decided(IncreaseDecided event) {
        return new IncreaseRequest(
                requestId,
                budgetId,
                limit,
                wanted,
                reason,
                by,
                at,
                event.approved() ? State.APPROVED : State.DECLINED,
                new Decision(event.limit(), event.reason(), event.by(), event.at()));
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }
}
