package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import io.vertx.mutiny.sqlclient.Pool;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What the loops of one service share.
 *
 * @param follows by name
 * @param liveIsLate whether rebuilds have to wait
 * @param caughtUp told when a rebuild has come as far as the log in a partition, so that it is served soon
 */
record RunnerParts(
        EventLog log,
        EventTypes types,
        Pool pool,
        RunnerSettings settings,
        Map<String, Follows> follows,
        PositionRows positions,
        ParkedRows parkedRows,
        Folding folding,
        TimerFiring timerFiring,
        PositionWatch watch,
        RunnerMetrics metrics,
        DatabaseClock clock,
        Turns turns,
        BooleanSupplier liveIsLate,
        Runnable caughtUp) {}
