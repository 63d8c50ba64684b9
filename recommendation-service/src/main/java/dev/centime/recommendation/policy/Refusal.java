package dev.centime.recommendation.policy;

/** Why something cannot be done to a recommendation. */
public sealed interface Refusal {
    /** There is none of that id. */
    record Unknown(String recommendationId) implements Refusal {}

    /** It was answered already, or its time is over. */
    record Answered(String recommendationId, Lifecycle.Status status) implements Refusal {}

    /** Thrown by a decision. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Refusal refusal;

        Refused(Refusal refusal) {
            super(refusal.toString(), null, false, false);
            this.refusal = refusal;
        }

        public Refusal refusal() {
            return refusal;
        }
    }
}
