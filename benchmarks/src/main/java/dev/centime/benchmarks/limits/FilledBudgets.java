package dev.centime.benchmarks.limits;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.centime.benchmarks.DurableServer;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Calendar;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.contracts.BudgetDefinition.Contacts;
import dev.centime.contracts.BudgetDefinition.Rollover;
import dev.centime.contracts.BudgetDefinition.Threshold;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDefinition.Window;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Money;
import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationCreated;
import dev.centime.contracts.Scope;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * Organizations and budgets as events in the log, put there by SQL as appends leave them: rows, ids, tags. The views are for the service
 * to fold. Budget 1 of each organization is over everything; the others are each over a person of their own and a model.
 */
record FilledBudgets(DurableServer server, int organizations, int each) {
    /** Of the budget over everything; the others have a hundred times as much. */
    static final Money LIMIT = Money.of("10");

    private static final String ORGANIZATIONS = """
            WITH o AS MATERIALIZED (
                SELECT 'o-' || g AS organization, log.partition_of('o-' || g) AS partition FROM generate_series(1, %1$d) g),
            h AS MATERIALIZED (SELECT log.head_of(0) AS head)
            INSERT INTO log.event (
                partition, version, log_offset, happened_at, recorded_at, organization, id, type, metadata, payload)
            SELECT 0, 1, h.head + row_number() OVER (), now(), clock_timestamp(), 'platform',
                'organization-created:' || organization, 'organization-created', NULL,
                convert_to(replace('%2$s', '@ORGANIZATION', organization), 'UTF8')
            FROM o CROSS JOIN h
            """;
    private static final String BUDGETS = """
            CREATE TABLE public.filled AS
            WITH h AS MATERIALIZED (SELECT partition, log.head_of(partition) AS head FROM log.head)
            SELECT o.partition, o.organization, b, o.organization || '-b-' || b AS id,
                h.head + row_number() OVER (PARTITION BY o.partition ORDER BY o.organization, b) AS log_offset
            FROM log.organization o JOIN h USING (partition) CROSS JOIN generate_series(1, %d) b
            WHERE o.organization LIKE 'o-%%'
            """;
    private static final String EVENTS = """
            INSERT INTO log.event (
                partition, version, log_offset, happened_at, recorded_at, organization, id, type, metadata, payload)
            SELECT partition, 1, log_offset, now(), clock_timestamp(), organization, id, 'budget-set', '{"actor":"bench"}',
                convert_to(replace(replace(CASE WHEN b = 1 THEN '%s' ELSE '%s' END, '@ID', id), '@B', b::text), 'UTF8')
            FROM public.filled
            """;
    private static final String IDS = """
            INSERT INTO log.event_id (log_offset, partition, key)
            SELECT log_offset, partition, md5(id)::uuid FROM public.filled ORDER BY 3
            """;
    private static final String TAGS = """
            INSERT INTO log.event_tag (partition, organization, tag, log_offset, type)
            SELECT partition, organization, tag, log_offset, 'budget-set' FROM public.filled
            CROSS JOIN LATERAL (VALUES ('budget=' || id), ('limits=all'), ('audited=all'), ('audited=budget/' || id)) AS t (tag)
            ORDER BY 1, 2, 3, 4
            """;

    void fill() throws SQLException {
        var over = new Scope(Map.of("user", List.of("u-@B"), "model", List.of("m-@B")));
        for (var statement : List.of(
                ORGANIZATIONS.formatted(
                        organizations, json(new OrganizationCreated(Organization.named("@ORGANIZATION", "Bench")))),
                BUDGETS.formatted(each),
                EVENTS.formatted(budget(Scope.ORGANIZATION, LIMIT), budget(over, Money.of("1000"))),
                IDS,
                TAGS,
                "DROP TABLE public.filled",
                "ANALYZE log.event",
                "ANALYZE log.event_tag",
                "CHECKPOINT")) {
            server.execute(statement);
        }
    }

    private static String budget(Scope scope, Money limit) {
        var channels = List.of(Channel.CONSOLE);
        var definition = new BudgetDefinition(
                "Budget @B",
                null,
                limit,
                Type.MONTHLY,
                LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1),
                null,
                Calendar.of(Organization.named("any", "any")),
                scope,
                List.of(
                        new Threshold(new BigDecimal("80"), Action.WARN, channels),
                        new Threshold(new BigDecimal("100"), Action.BLOCK, channels)),
                Window.CALENDAR,
                Rollover.NONE,
                null,
                true,
                true,
                Contacts.NONE,
                60,
                true,
                null);
        return json(new BudgetSet("@ID", 1, definition, "bench", "bench", Instant.EPOCH));
    }

    private static String json(Object event) {
        try {
            return Contracts.mapper().writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("events are always JSON", e);
        }
    }
}
