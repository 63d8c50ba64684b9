package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Appends by calls to the log, made again while the database fails them for a passing reason. That is safe: what a lost call had
 * stored after all is found by its ids, and counts as success.
 */
final class AppendCalls {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final AppendStatement statement;
    private final Room room;
    private final LogSettings settings;
    private final LogMetrics metrics;

    AppendCalls(AppendStatement statement, Room room, LogSettings settings, LogMetrics metrics) {
        this.statement = statement;
        this.room = room;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** One answer for each append. */
    Uni<List<Appended>> append(int partition, List<Append> appends) {
        return call(partition, appends, null).map(answer -> answers(partition, appends, answer));
    }

    Uni<Appended> append(int partition, Append append, AppendCondition condition) {
        return call(partition, List.of(append), condition).chain(answer -> {
            if (answer.rejected()) {
                metrics.rejected();
                return Uni.createFrom()
                        .failure(new AppendRejected(
                                "something came after offset " + condition.after() + ", or too long ago"));
            }
            return Uni.createFrom()
                    .item(answers(partition, List.of(append), answer).getFirst());
        });
    }

    private Uni<AppendStatement.Answer> call(int partition, List<Append> appends, @Nullable AppendCondition condition) {
        long until = System.nanoTime() + settings.patience().toNanos();
        return attempt(() -> once(partition, appends, condition), FIRST_PAUSE, until)
                .onFailure()
                .transform(LogFailures::named);
    }

    private Uni<AppendStatement.Answer> attempt(
            Supplier<Uni<AppendStatement.Answer>> call, Duration pause, long until) {
        return Uni.createFrom().deferred(call::get).onFailure().recoverWithUni(failure -> {
            if (!DatabaseFailure.of(failure).passes() || System.nanoTime() + pause.toNanos() > until) {
                return Uni.createFrom().failure(failure);
            }
            metrics.retried();
            var next = pause.multipliedBy(2);
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(jittered(pause))
                    .chain(() -> attempt(call, next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE, until));
        });
    }

    /** So that replicas that failed together do not come back together. */
    private static Duration jittered(Duration pause) {
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(pause.toNanos() / 2, pause.toNanos()));
    }

    private Uni<AppendStatement.Answer> once(int partition, List<Append> appends, @Nullable AppendCondition condition) {
        return metrics.timed(statement.execute(partition, appends, condition))
                .ifNoItem()
                .after(settings.callTimeout())
                .fail()
                .onFailure(failure -> DatabaseFailure.of(failure) == DatabaseFailure.NO_ROOM)
                .recoverWithUni(noRoom -> room.make(partition, AppendStatement.count(appends))
                        .chain(made -> Uni.createFrom().failure(noRoom)));
    }

    private List<Appended> answers(int partition, List<Append> appends, AppendStatement.Answer answer) {
        var answers = new ArrayList<Appended>(appends.size());
        int from = 0;
        for (var append : appends) {
            var outcomes = List.copyOf(
                    answer.outcomes().subList(from, from + append.events().size()));
            from += append.events().size();
            long last =
                    outcomes.stream().mapToLong(Appended.Outcome::offset).max().orElse(0);
            metrics.appended(outcomes);
            answers.add(new Appended(new Position(answer.timeline(), partition, last), outcomes));
        }
        room.used(partition, answers.getLast().position().offset());
        return answers;
    }
}
