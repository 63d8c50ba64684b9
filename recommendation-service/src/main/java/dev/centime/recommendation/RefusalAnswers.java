package dev.centime.recommendation;

import dev.centime.kit.Problem;
import dev.centime.recommendation.policy.Refusal;
import dev.centime.recommendation.policy.Refusal.Refused;

/** What a refusal is over HTTP. */
public final class RefusalAnswers {
    private RefusalAnswers() {}

    public static Problem of(Refused refused) {
        return switch (refused.refusal()) {
            case Refusal.Unknown(String id) -> Problem.notFound("recommendation " + id);
            case Refusal.Answered(String id, var status) ->
                Problem.conflict("recommendation " + id + " is " + status.text() + " already");
        };
    }
}
