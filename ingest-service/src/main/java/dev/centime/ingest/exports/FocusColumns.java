package dev.centime.ingest.exports;

import dev.centime.contracts.Organization;
import dev.centime.ingest.view.calls.UsageCall;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls in the columns of the FinOps Open Cost and Usage Specification (FOCUS, focus.finops.org, CC BY 4.0): those that are mandatory
 * and those that Centime has something to say in, by their names there, then its own with {@code x_} before them.
 *
 * <p>Version 1.4 tells the provider of a service from its host, where 1.2 told the provider from the publisher.
 */
final class FocusColumns {
    private static final String CURRENCY = "USD";

    /** FOCUS demands one; a call need not name its own. */
    private static final String UNKNOWN = "Unknown";

    private FocusColumns() {}

    /** In alphabetical order, as the specification recommends, own columns last. */
    static List<Column<FocusCharge>> of(FocusVersion version, Organization organization) {
        var provider =
                switch (version) {
                    case V1_2 ->
                        List.<Column<FocusCharge>>of(
                                Column.text("ProviderName", FocusColumns::provider),
                                Column.text("PublisherName", FocusColumns::provider));
                    case V1_4 ->
                        List.<Column<FocusCharge>>of(
                                Column.text("HostProviderName", FocusColumns::provider),
                                Column.text("ServiceProviderName", FocusColumns::provider));
                };
        var standard = Stream.of(money(), time(organization), account(organization), service(), provider)
                .flatMap(List::stream)
                .sorted(java.util.Comparator.comparing(Column::name));
        return Stream.concat(standard, own().stream()).toList();
    }

    private static List<Column<FocusCharge>> money() {
        return List.of(
                Column.number("BilledCost", FocusColumns::cost),
                Column.number("ContractedCost", FocusColumns::cost),
                Column.number("EffectiveCost", FocusColumns::cost),
                Column.number("ListCost", FocusColumns::cost),
                Column.number("ContractedUnitPrice", FocusCharge::unitPrice),
                Column.number("ListUnitPrice", FocusCharge::unitPrice),
                Column.text("BillingCurrency", charge -> CURRENCY),
                Column.number("ConsumedQuantity", FocusCharge::quantity),
                Column.text("ConsumedUnit", charge -> charge.meter().consumedUnit()),
                Column.text("PricingCategory", charge -> "Standard"),
                Column.number("PricingQuantity", FocusCharge::pricingQuantity),
                Column.text("PricingUnit", charge -> charge.meter().pricingUnit()));
    }

    private static List<Column<FocusCharge>> time(Organization organization) {
        return List.of(
                Column.instant("BillingPeriodStart", charge -> month(charge, organization, 0)),
                Column.instant("BillingPeriodEnd", charge -> month(charge, organization, 1)),
                Column.instant("ChargePeriodStart", FocusColumns::second),
                Column.instant("ChargePeriodEnd", charge -> second(charge).plusSeconds(1)));
    }

    private static List<Column<FocusCharge>> account(Organization organization) {
        return List.of(
                Column.text("BillingAccountId", charge -> organization.id()),
                Column.text("BillingAccountName", charge -> organization.name()),
                Column.text("BillingAccountType", charge -> "Organization"),
                Column.text("InvoiceIssuerName", FocusColumns::provider),
                of("SubAccountId", UsageCall::project),
                of("SubAccountName", UsageCall::project),
                Column.text("SubAccountType", charge -> charge.call().project() == null ? null : "Project"),
                Column.map("Tags", charge -> charge.call().tags()));
    }

    private static List<Column<FocusCharge>> service() {
        return List.of(
                Column.text("ChargeCategory", charge -> "Usage"),
                // Of corrections to a month that was invoiced, of which Centime knows nothing.
                Column.text("ChargeClass", charge -> null),
                Column.text(
                        "ChargeDescription",
                        charge -> charge.call().model() + ": " + charge.meter().text()),
                Column.text("ChargeFrequency", charge -> "Usage-Based"),
                of("RegionId", UsageCall::region),
                of("RegionName", UsageCall::region),
                Column.text("ServiceCategory", charge -> "AI and Machine Learning"),
                Column.text("ServiceName", FocusColumns::provider),
                Column.text("ServiceSubcategory", charge -> "Generative AI"),
                of("SkuId", UsageCall::model),
                Column.text("SkuMeter", charge -> charge.meter().text()),
                of("SkuPriceId", UsageCall::priceId));
    }

    private static List<Column<FocusCharge>> own() {
        return List.of(
                of("x_CostSource", call -> call.costSource().text()),
                of("x_Experiment", UsageCall::experiment),
                of("x_Operation", UsageCall::operation),
                of("x_RecordId", UsageCall::id),
                of("x_Run", UsageCall::run),
                of("x_ServiceTier", UsageCall::serviceTier),
                of("x_Session", UsageCall::session),
                of("x_User", UsageCall::user));
    }

    private static Column<FocusCharge> of(String name, Function<UsageCall, @Nullable String> value) {
        return Column.text(name, charge -> value.apply(charge.call()));
    }

    private static BigDecimal cost(FocusCharge charge) {
        return charge.cost().amount();
    }

    private static String provider(FocusCharge charge) {
        var provider = charge.call().provider();
        return provider == null ? UNKNOWN : provider;
    }

    /** FOCUS knows no fractions of a second. */
    private static Instant second(FocusCharge charge) {
        return charge.call().timestamp().truncatedTo(ChronoUnit.SECONDS);
    }

    /** The first instant of the month of the organization's calendar in which a call was made, or of one after it. */
    private static Instant month(FocusCharge charge, Organization organization, int later) {
        var zone = organization.timeZone();
        return YearMonth.from(ZonedDateTime.ofInstant(charge.call().timestamp(), zone))
                .plusMonths(later)
                .atDay(1)
                .atStartOfDay(zone)
                .toInstant();
    }
}
