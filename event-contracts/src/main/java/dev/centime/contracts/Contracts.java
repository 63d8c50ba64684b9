package dev.centime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;

/** The list of shared events and the one JSON form they are stored in. */
public final class Contracts {
    /** The organization that facts of the whole platform belong to: prices of the catalogue, organizations. */
    public static final String PLATFORM = "platform";

    /** Every event of this module; a service adds its own to these. */
    public static final List<Class<?>> EVENTS = List.of(
            OrganizationCreated.class,
            OrganizationChanged.class,
            PriceSet.class,
            UsageRecorded.class,
            UsageRepriced.class,
            UsageCorrected.class,
            ImportProgressed.class,
            SessionBudgetStated.class,
            BudgetSet.class,
            BudgetDeleted.class,
            AlertRaised.class,
            PersonErased.class,
            WeeklyReportDue.class,
            WeekReported.class);

    private Contracts() {}

    /**
     * A new mapper for stored events: snake_case, absent instead of null, ISO 8601 instants, unknown fields ignored. Numbers
     * with a fraction are read as {@link java.math.BigDecimal}.
     */
    public static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .serializationInclusion(JsonInclude.Include.NON_EMPTY)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                // The same event makes the same bytes, in every process.
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                // 80 stays 80 and is never stored as 8E+1.
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();
    }
}
