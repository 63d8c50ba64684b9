package dev.centime.ingest.accept;

import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls that only look at what another one made. They cost nothing, save the look that finds a batch finished: it tells what that cost. */
final class LookBacks {
    private static final Pattern LOOKS_BACK =
            Pattern.compile("a?(?:get|retrieve|list|delete|cancel)_(?:responses?|input_items|batch(?:es)?|files?)");
    private static final Pattern LOOKS_AT_BATCH = Pattern.compile("a?retrieve_batch");

    private LookBacks() {}

    enum Kind {
        CALL,
        /** No repeat of the call that made what is looked at. */
        LOOK,
        /** Each further look tells it again, and those before found nothing yet. */
        FINISHED_BATCH
    }

    static Kind of(@Nullable String callType, @Nullable Money cost, Tokens tokens) {
        if (callType == null || !LOOKS_BACK.matcher(callType).matches()) {
            return Kind.CALL;
        }
        var told = cost != null && cost.amount().signum() > 0 || tokens.total() > 0;
        return told && LOOKS_AT_BATCH.matcher(callType).matches() ? Kind.FINISHED_BATCH : Kind.LOOK;
    }
}
