package dev.centime.gateway;

import dev.centime.kit.Problem;
import dev.centime.kit.Revision;
import io.smallrye.mutiny.Uni;

/** How each refusal is answered. */
public final class RefusalAnswers {
    private RefusalAnswers() {}

    /** Turns refusals into problems; other failures stay what they are. */
    public static <T> Uni<T> named(Uni<T> decided) {
        return decided.onFailure(AccessRefusal.class).transform(refusal -> problem((AccessRefusal) refusal));
    }

    private static Problem problem(AccessRefusal refusal) {
        return switch (refusal) {
            case AccessRefusal.AlreadyThere there -> Problem.conflict(there.getMessage() + " exists already");
            case AccessRefusal.NotThere absent -> Problem.notFound(String.valueOf(absent.getMessage()));
            case AccessRefusal.Stale stale ->
                Problem.stale(
                        "the newest version is " + Revision.etag(stale.revision()) + "; read it and decide again");
        };
    }
}
