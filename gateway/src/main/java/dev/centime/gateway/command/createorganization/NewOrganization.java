package dev.centime.gateway.command.createorganization;

import dev.centime.contracts.Organization;
import dev.centime.gateway.OrganizationFields;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a platform admin founds.
 *
 * @param id made from the name when left out
 */
public record NewOrganization(
        @Nullable
        @Pattern(
                regexp = "[a-z0-9][a-z0-9-]{0,62}",
                message = "must be 1 to 63 of a-z, 0-9 and -, not beginning with -")
        String id,

        @NotBlank @Size(max = 200) String name,
        @Nullable String timeZone,
        @Nullable String weekStartsOn,
        @Nullable String fiscalYearStart,
        @Nullable Boolean individualDetail,
        @Nullable @Min(1) @Max(36500) Integer detailRetentionDays) {

    Organization organization(String chosenId) {
        var defaults = Organization.named(chosenId, name);
        return new Organization(
                chosenId,
                name,
                timeZone == null ? defaults.timeZone() : OrganizationFields.timeZone(timeZone),
                weekStartsOn == null ? defaults.weekStartsOn() : OrganizationFields.weekday(weekStartsOn),
                fiscalYearStart == null
                        ? defaults.fiscalYearStart()
                        : OrganizationFields.fiscalYearStart(fiscalYearStart),
                individualDetail == null ? defaults.individualDetail() : individualDetail,
                detailRetentionDays == null ? defaults.detailRetentionDays() : detailRetentionDays);
    }
}
