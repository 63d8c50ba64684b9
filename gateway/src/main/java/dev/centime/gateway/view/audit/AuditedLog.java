package dev.centime.gateway.view.audit;

import dev.centime.contracts.Contracts;
import dev.centime.eventstore.log.About;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.Tag;
import org.jspecify.annotations.Nullable;

/**
 * A log in which something that an organization is told of may lie.
 *
 * @param partition where it lies
 * @param organization under which it is stored
 * @param tag by which all of it is found
 * @param concerning whose business alone is shown of what is anybody's in particular; null for all there is
 */
record AuditedLog(
        int partition,
        String organization,
        Tag tag,
        @Nullable String concerning) {
    /** The organization's own: budgets, limits, recommendations, who read it. */
    static AuditedLog own(int partition, String organization) {
        return new AuditedLog(partition, organization, About.ALL, null);
    }

    /** The platform's, of which an organization is told what concerns it: its keys, its settings, its prices. */
    static AuditedLog platforms(String organization) {
        return new AuditedLog(
                EventLog.PLATFORM_PARTITION, Contracts.PLATFORM, About.concerningTag(organization), organization);
    }
}
