package dev.centime.budget;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.contracts.BudgetDefinition.Contacts;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A budget as people see it: what they send, what they get, what a PATCH is merged into.
 *
 * @param organizationId whose it is
 * @param revision what the ETag says
 * @param scope values by dimension, persons by name
 */
@Schema(name = "Budget")
public record Budget(
        @Schema(readOnly = true) String id,
        @Schema(readOnly = true) String organizationId,
        @Schema(readOnly = true) int revision,
        @Schema(required = true) String name,
        @Nullable String description,

        @Schema(required = true, examples = "500.00") Money totalLimit,

        @Schema(required = true) BudgetDefinition.Type budgetType,
        LocalDate startDate,
        @Nullable LocalDate endDate,
        Map<String, List<String>> scope,
        List<Threshold> thresholds,
        BudgetDefinition.Window window,
        BudgetDefinition.Rollover rollover,
        @Nullable Money rolloverCap,
        boolean renews,
        boolean alertEnabled,
        Contacts alertContacts,
        int cooldownMinutes,
        @JsonProperty("is_active") boolean active,

        @Schema(
                description =
                        "What becomes of a reservation while the spend is not known to the second; refuse unless set")
        BudgetDefinition.WhenStale whenStale,

        @Schema(readOnly = true) String createdBy,
        @Schema(readOnly = true) Instant createdAt,

        @Schema(readOnly = true) @Nullable Instant lastAlertAt) {

    /** @param percent of the limit. @param channels empty for those of the alert settings */
    public record Threshold(double percent, Action action, List<Channel> channels) {}

    /** As its last event left it. @param named its definition with names for ids */
    public static Budget of(String organization, BudgetSet set, BudgetDefinition named) {
        return of(set.budgetId(), organization, set.revision(), named, set.createdBy(), set.createdAt(), null);
    }

    /** @param definition with names for ids */
    public static Budget of(
            String id,
            String organization,
            int revision,
            BudgetDefinition definition,
            String createdBy,
            Instant createdAt,
            @Nullable Instant lastAlertAt) {
        return new Budget(
                id,
                organization,
                revision,
                definition.name(),
                definition.description(),
                definition.totalLimit(),
                definition.budgetType(),
                definition.startDate(),
                definition.endDate(),
                definition.scope().filters(),
                definition.thresholds().stream()
                        .map(each -> new Threshold(each.percent().doubleValue(), each.action(), each.channels()))
                        .toList(),
                definition.window(),
                definition.rollover(),
                definition.rolloverCap(),
                definition.renews(),
                definition.alertEnabled(),
                definition.alertContacts(),
                definition.cooldownMinutes(),
                definition.active(),
                definition.whenStale() == null ? BudgetDefinition.WhenStale.REFUSE : definition.whenStale(),
                createdBy,
                createdAt,
                lastAlertAt);
    }
}
