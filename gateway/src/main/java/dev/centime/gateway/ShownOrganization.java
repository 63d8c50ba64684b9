package dev.centime.gateway;

import dev.centime.contracts.Organization;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An organization as the REST contract writes it: days of the week by name, the fiscal year's first day as {@code 04-01}. */
public record ShownOrganization(
        String id,
        String name,
        ZoneId timeZone,
        String weekStartsOn,
        String fiscalYearStart,
        boolean individualDetail,
        int detailRetentionDays) {
    private static final DateTimeFormatter MONTH_DAY = DateTimeFormatter.ofPattern("MM-dd", Locale.ROOT);

    public static ShownOrganization of(Organization organization) {
        return new ShownOrganization(
                organization.id(),
                organization.name(),
                organization.timeZone(),
                organization.weekStartsOn().name().toLowerCase(Locale.ROOT),
                MONTH_DAY.format(organization.fiscalYearStart()),
                organization.individualDetail(),
                organization.detailRetentionDays());
    }
}
