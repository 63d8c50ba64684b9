package dev.centime.budget.delivery;

import dev.centime.contracts.BudgetDefinition.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what became of messages: {@code centime.alerts.messages}, by channel and by what became of them. */
@ApplicationScoped
public class DeliveryMetrics {
    private final MeterRegistry registry;
    private final AtomicLong waiting = new AtomicLong();

    public DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("centime.alerts.waiting", waiting);
    }

    void delivered(Channel channel) {
        count(channel, "delivered");
    }

    void retried(Channel channel) {
        count(channel, "retried");
    }

    void dead(Channel channel) {
        count(channel, "dead");
    }

    /** Held back by the cooldown, or for want of somebody to send it to. */
    void suppressed(Channel channel) {
        count(channel, "suppressed");
    }

    /** Somebody else's later attempt counts instead. */
    void late(Channel channel) {
        count(channel, "late");
    }

    /** Alerts of which no message goes out: all are off, or it is not bad enough. */
    void silent() {
        registry.counter("centime.alerts.silent").increment();
    }

    void waiting(long number) {
        waiting.set(number);
    }

    private void count(Channel channel, String result) {
        registry.counter("centime.alerts.messages", "channel", channel.text(), "result", result)
                .increment();
    }
}
