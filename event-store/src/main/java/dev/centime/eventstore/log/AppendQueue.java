package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Group commit for one partition: while calls are under way, appends wait here, and the next call takes as many as fit. When a
 * call fails for what an event holds, its appends are made one by one, so that nobody fails for another's event.
 */
final class AppendQueue {
    private final int partition;
    private final LogSettings settings;
    private final AppendCalls calls;
    private final LogMetrics metrics;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int underWay;

    AppendQueue(int partition, LogSettings settings, AppendCalls calls, LogMetrics metrics) {
        this.partition = partition;
        this.settings = settings;
        this.calls = calls;
        this.metrics = metrics;
    }

    private record Waiting(Append append, UniEmitter<? super Appended> caller) {}

    /** Takes an append that the backlog has admitted. */
    Uni<Appended> add(Append append) {
        return Uni.createFrom().emitter(caller -> {
            synchronized (waiting) {
                waiting.add(new Waiting(append, caller));
            }
            callIfFree();
        });
    }

    private void callIfFree() {
        List<Waiting> group;
        synchronized (waiting) {
            if (waiting.isEmpty() || underWay == settings.callsPerPartition()) {
                return;
            }
            underWay++;
            group = nextGroup();
        }
        call(group);
    }

    private List<Waiting> nextGroup() {
        var group = new ArrayList<Waiting>();
        int events = 0;
        long bytes = 0;
        for (var next = waiting.peek(); next != null; next = waiting.peek()) {
            events += next.append.events().size();
            bytes += next.append.bytes();
            if (!group.isEmpty() && (events > settings.groupEvents() || bytes > settings.groupBytes())) {
                break;
            }
            group.add(waiting.poll());
        }
        return group;
    }

    private void call(List<Waiting> group) {
        var appends = group.stream().map(Waiting::append).toList();
        metrics.group(appends);
        calls.append(partition, appends)
                .subscribe()
                .with(
                        answers -> {
                            // The next call leaves before anybody is told of this one.
                            free();
                            for (int i = 0; i < group.size(); i++) {
                                group.get(i).caller.complete(answers.get(i));
                            }
                        },
                        failure -> {
                            if (group.size() > 1 && failure instanceof IllegalArgumentException) {
                                oneByOne(new ArrayDeque<>(group));
                            } else {
                                free();
                                group.forEach(one -> one.caller.fail(failure));
                            }
                        });
    }

    private void oneByOne(ArrayDeque<Waiting> group) {
        var one = group.poll();
        if (one == null) {
            free();
            return;
        }
        calls.append(partition, List.of(one.append))
                .subscribe()
                .with(
                        answers -> {
                            one.caller.complete(answers.getFirst());
                            oneByOne(group);
                        },
                        failure -> {
                            one.caller.fail(failure);
                            oneByOne(group);
                        });
    }

    private void free() {
        synchronized (waiting) {
            underWay--;
        }
        callIfFree();
    }
}
