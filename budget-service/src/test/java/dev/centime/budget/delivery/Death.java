package dev.centime.budget.delivery;

import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.StoredAs;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.projection.Reaction;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;

/** Between which two things a process ends at once, as if it were killed there: nothing is closed, noted or given back. */
enum Death {
    NEVER,
    /** A crossing stands in the view, its alert not in the log. */
    BEFORE_THE_ALERT,
    /** The log holds the alert; that it was raised is not noted. */
    AFTER_THE_ALERT,
    /** The log holds the alert; no message about it waits. */
    BEFORE_THE_MESSAGE,
    /** Messages wait; that they were queued is not noted. */
    AFTER_THE_MESSAGE;

    /** By which it is known that a process ended where it was to. */
    static final int STATUS = 137;

    private static final String ALERT =
            AlertRaised.class.getAnnotation(StoredAs.class).name();

    EventLog over(EventLog log) {
        return this == BEFORE_THE_ALERT || this == AFTER_THE_ALERT
                ? (EventLog) Proxy.newProxyInstance(
                        Death.class.getClassLoader(),
                        new Class<?>[] {EventLog.class},
                        (proxy, method, arguments) -> call(log, method, arguments))
                : log;
    }

    private Object call(EventLog log, Method method, Object[] arguments) throws Throwable {
        var raises = method.getName().equals("append") && holdsAlert((List<?>) arguments[1]);
        if (raises && this == BEFORE_THE_ALERT) {
            die();
        }
        try {
            var result = method.invoke(log, arguments);
            return raises ? ((Uni<?>) result).invoke(Death::die) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static boolean holdsAlert(List<?> events) {
        return events.stream().anyMatch(event -> ((NewEvent) event).type().equals(ALERT));
    }

    Reaction over(Reaction queueing) {
        return this == BEFORE_THE_MESSAGE || this == AFTER_THE_MESSAGE ? new Dying(queueing, this) : queueing;
    }

    private record Dying(Reaction queueing, Death death) implements Reaction {
        @Override
        public Uni<Void> react(List<Event> page) {
            if (death == BEFORE_THE_MESSAGE) {
                die();
            }
            return queueing.react(page).invoke(Death::die);
        }

        @Override
        public String name() {
            return queueing.name();
        }

        @Override
        public Set<Class<?>> reads() {
            return queueing.reads();
        }

        @Override
        public boolean readsHistory() {
            return queueing.readsHistory();
        }
    }

    private static void die() {
        Runtime.getRuntime().halt(STATUS);
    }
}
