package dev.centime.gateway.command.changeorganization;

import dev.centime.gateway.OrganizationFields;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a platform admin changes; what is left out stays. */
public record OrganizationChanges(
        @Nullable @Size(max = 200) @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank")
        String name,

        @Nullable String timeZone,
        @Nullable String weekStartsOn,
        @Nullable String fiscalYearStart,
        @Nullable Boolean individualDetail,
        @Nullable @Min(1) @Max(36500) Integer detailRetentionDays) {

    ChangeOrganization command(String id, Optional<Long> seen) {
        return new ChangeOrganization(
                id,
                seen,
                Optional.ofNullable(name),
                Optional.ofNullable(timeZone).map(OrganizationFields::timeZone),
                Optional.ofNullable(weekStartsOn).map(OrganizationFields::weekday),
                Optional.ofNullable(fiscalYearStart).map(OrganizationFields::fiscalYearStart),
                Optional.ofNullable(individualDetail),
                Optional.ofNullable(detailRetentionDays));
    }
}
