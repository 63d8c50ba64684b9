package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.EventLog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A log that, while it is broken, throws what no catch of exceptions catches. */
final class BrokenNowAndThen {
    private final EventLog log;
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private volatile boolean broken;

    BrokenNowAndThen(EventLog log) {
        this.log = log;
    }

    void breaks(boolean broken) {
        this.broken = broken;
        calls.clear();
    }

    /** Of a method, since it broke or was mended. */
    int calls(String method) {
        return calls.getOrDefault(method, 0);
    }

    EventLog asLog() {
        return (EventLog) Proxy.newProxyInstance(
                EventLog.class.getClassLoader(), new Class<?>[] {EventLog.class}, (proxy, method, arguments) -> {
                    calls.merge(method.getName(), 1, Integer::sum);
                    if (broken) {
                        throw new NoClassDefFoundError("of " + method.getName());
                    }
                    try {
                        return method.invoke(log, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
