package dev.centime.kit;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * What a period is asked by, for the OpenAPI document: as a {@code @BeanParam} of a call it stands for the four of them. A call reads them
 * by {@link Period#of}, which says by name what cannot be read; here they are text whatever they are, so that JAX-RS refuses none first.
 */
public class PeriodParameters {
    @QueryParam("start_date")
    public @Nullable String startDate;

    @QueryParam("end_date")
    public @Nullable String endDate;

    @QueryParam("days")
    @Parameter(
            schema = @Schema(implementation = Integer.class),
            description = "The last days with today; 30 by default")
    public @Nullable String days;

    @QueryParam("period")
    public @Nullable String period;
}
