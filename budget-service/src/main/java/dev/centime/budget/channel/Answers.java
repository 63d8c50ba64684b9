package dev.centime.budget.channel;

import dev.centime.budget.channel.Outgoing.Answer;
import java.time.Duration;

/** What an answer over HTTP says about a message. */
final class Answers {
    private static final int GONE = 410;

    private Answers() {}

    /**
     * Anything but a 2xx failed: what sends it elsewhere is not followed. Only "gone" is said for good.
     *
     * @param url that was written to; an answer may repeat it
     */
    static Outcome outcome(Answer answer, String url) {
        var status = answer.status();
        if (status >= 200 && status < 300) {
            return new Outcome.Delivered(status);
        }
        var reason = "answered " + status + shown(answer.body(), url);
        return status == GONE
                ? new Outcome.Hopeless(reason, status)
                : new Outcome.Failed(reason, status, retryAfter(answer));
    }

    private static Duration retryAfter(Answer answer) {
        try {
            return Duration.ofSeconds(Math.clamp(Long.parseLong(String.valueOf(answer.retryAfter())), 0, 86_400));
        } catch (NumberFormatException e) {
            // None, or a date, which servers hardly send.
            return Duration.ZERO;
        }
    }

    private static String shown(String body, String url) {
        var line = Reason.answered(body, Reason.secretsIn(url));
        return line.isEmpty() ? "" : ": " + line;
    }
}
