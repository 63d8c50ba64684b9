package dev.centime.gateway.command.changeorganization;

import java.time.DayOfWeek;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Optional;
import org.axonframework.modelling.annotation.TargetEntityId;

/**
 * A tenant's settings change; those left out stay.
 *
 * @param seen the version that the caller decided upon, empty for whatever it is
 */
public record ChangeOrganization(
        @TargetEntityId String id,
        Optional<Long> seen,
        Optional<String> name,
        Optional<ZoneId> timeZone,
        Optional<DayOfWeek> weekStartsOn,
        Optional<MonthDay> fiscalYearStart,
        Optional<Boolean> individualDetail,
        Optional<Integer> detailRetentionDays) {}
