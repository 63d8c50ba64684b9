package dev.centime.budget.limit;

import dev.centime.contracts.BudgetDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one budget. Those of a calendar budget tile time without gap or overlap from the period that holds its start
 * date on; a rolling budget has one that ends with the current quarter of an hour, or with the current day where it is a month long or
 * longer; a session budget one without an end.
 *
 * <p>A long rolling window is moved by whole local days, so that what must be kept of it does not grow with its length times ninety-six:
 * it begins with the day that its length before the current moment lies in, never later than that moment, and so holds up to a
 * day more. What it stops is all that the exact one would stop.
 *
 * <p>Quarters of an hour, since every offset from UTC that has been in use since 2000 is a multiple of one: they divide the days of
 * every zone.
 */
public final class Periods {
    private static final long QUARTER_HOUR_SECONDS = 15 * 60;

    /** Ends a quarter of an hour apart may have starts a day and a clock change apart, the later end the earlier start. */
    private static final Duration ROLLS_BACK = Duration.ofDays(2);

    private final BudgetDefinition definition;
    private final ZoneId zone;
    private final CalendarCut cut;
    private final Instant begin;

    public Periods(BudgetDefinition definition) {
        this.definition = definition;
        this.zone = definition.calendar().timeZone();
        this.cut = new CalendarCut(definition.calendar());
        this.begin = firstWindowBegins();
    }

    /** The quarter of an hour that holds an instant, by its start. */
    public static Instant quarterHourOf(Instant instant) {
        return Instant.ofEpochSecond(
                Math.floorDiv(instant.getEpochSecond(), QUARTER_HOUR_SECONDS) * QUARTER_HOUR_SECONDS);
    }

    /** Calls before this never count. */
    public Instant begin() {
        return begin;
    }

    /** The smallest stretch that every window holds wholly or not at all, by its start: the local day, or the quarter of an hour. */
    public Instant bucketOf(Instant call) {
        return rollingByQuarterHours() ? quarterHourOf(call) : midnight(dayOf(call));
    }

    /**
     * As {@link #bucketOf}, for whoever asks for whole windows only: what of a calendar budget lies in one window lies in one stretch, also
     * where no such window counts.
     */
    Instant stretchOf(Instant call) {
        return rolling() || session() ? bucketOf(call) : midnight(startOf(dayOf(call)));
    }

    /**
     * The window that a call counts in.
     *
     * @param learnedAt when the log learned of it: the moment from which a rolling window reaches back
     * @return empty when the budget does not count it
     */
    public Optional<Window> of(Instant call, Instant learnedAt) {
        if (call.isBefore(begin)) {
            return Optional.empty();
        }
        if (session()) {
            return Optional.of(new Window(begin, null));
        }
        var window = rolling() ? rollingAt(learnedAt) : cutAt(dayOf(call));
        return window.contains(call) && (definition.renews() || window.start().equals(begin))
                ? Optional.of(window)
                : Optional.empty();
    }

    /** The window to show at a moment: the first before it has begun, the last after it has ended. */
    public Window current(Instant now) {
        if (session()) {
            return new Window(begin, null);
        }
        if (rolling()) {
            return rollingAt(now);
        }
        return cutAt(now.isBefore(begin) || !definition.renews() ? dayOf(begin) : dayOf(now));
    }

    /**
     * From where on what is spent may count at a moment or later. A window that rolls by quarters of an hour may reach back further than
     * the one before it: where the clock goes back, a day before the second half past one is earlier than a day before a quarter to two.
     */
    public Instant countsFrom(Instant now) {
        var start = current(now).start();
        return rollingByQuarterHours() ? start.minus(ROLLS_BACK) : start;
    }

    /** Whether a window that was the one of an earlier moment still is that of now. */
    boolean isCurrent(Window window, Instant now) {
        return window.contains(now) && (!rolling() || rollingAt(now).equals(window));
    }

    /**
     * By what start a window is told from others when something may happen once in each. That of a rolling window moves on with
     * every quarter of an hour; it stands for the calendar period of the same length.
     */
    public Instant identityOf(Window window, Instant now) {
        return rolling() ? midnight(startOf(dayOf(now))) : window.start();
    }

    /** Days of the window from the current one on, that one included; null when it does not end. */
    public @Nullable Long daysRemaining(Window window, Instant now) {
        if (window.end() == null || rolling()) {
            return null;
        }
        var from = now.isBefore(window.start()) ? dayOf(window.start()) : dayOf(now);
        return Math.max(0, ChronoUnit.DAYS.between(from, dayOf(window.end())));
    }

    public LocalDate dayOf(Instant instant) {
        return instant.atZone(zone).toLocalDate();
    }

    private Instant firstWindowBegins() {
        var first = definition.startDate();
        if (rollingByQuarterHours()) {
            return lengthBefore(midnight(first));
        }
        return midnight(rolling() ? first.minus(length()) : startOf(first));
    }

    private boolean rolling() {
        return definition.window() == BudgetDefinition.Window.ROLLING;
    }

    private boolean session() {
        return definition.budgetType() == BudgetDefinition.Type.SESSION;
    }

    private boolean rollingByQuarterHours() {
        return rolling()
                && switch (definition.budgetType()) {
                    case DAILY, WEEKLY -> true;
                    case MONTHLY, QUARTERLY, ANNUAL, CUSTOM, SESSION -> false;
                };
    }

    private Window rollingAt(Instant moment) {
        if (!rollingByQuarterHours()) {
            var day = dayOf(moment);
            return new Window(midnight(day.minus(length())), midnight(day.plusDays(1)));
        }
        var end = quarterHourOf(moment).plusSeconds(QUARTER_HOUR_SECONDS);
        return new Window(lengthBefore(end), end);
    }

    /** Same time of day so many days, months or years ago on the organization's clock, whatever that clock did in between. */
    private Instant lengthBefore(Instant end) {
        ZonedDateTime local = end.atZone(zone);
        return quarterHourOf(local.minus(length()).toInstant());
    }

    private Period length() {
        return switch (definition.budgetType()) {
            case DAILY -> Period.ofDays(1);
            case WEEKLY -> Period.ofWeeks(1);
            case MONTHLY -> Period.ofMonths(1);
            case QUARTERLY -> Period.ofMonths(3);
            case ANNUAL -> Period.ofYears(1);
            case CUSTOM, SESSION -> throw new IllegalStateException("no rolling window has such a length");
        };
    }

    private Window cutAt(LocalDate day) {
        var start = startOf(day);
        return new Window(midnight(start), midnight(after(start)));
    }

    private LocalDate startOf(LocalDate day) {
        return switch (definition.budgetType()) {
            case DAILY, SESSION -> day;
            case WEEKLY -> cut.weekOf(day);
            case MONTHLY -> cut.monthOf(day);
            case QUARTERLY -> cut.quarterOf(day);
            case ANNUAL -> cut.yearOf(day);
            case CUSTOM -> {
                var first = definition.startDate();
                yield first.plusDays(Math.floorDiv(ChronoUnit.DAYS.between(first, day), customDays()) * customDays());
            }
        };
    }

    private LocalDate after(LocalDate start) {
        return switch (definition.budgetType()) {
            case DAILY, SESSION -> start.plusDays(1);
            case WEEKLY -> start.plusWeeks(1);
            case MONTHLY -> start.plusMonths(1);
            case QUARTERLY -> cut.quarterAfter(start);
            case ANNUAL -> cut.yearAfter(start);
            case CUSTOM -> start.plusDays(customDays());
        };
    }

    private long customDays() {
        var end = definition.endDate();
        if (end == null) {
            throw new IllegalStateException("a custom budget has an end");
        }
        return ChronoUnit.DAYS.between(definition.startDate(), end) + 1;
    }

    /** The first instant of a day: midnight, or where the clock jumps over it the instant after the jump. */
    private Instant midnight(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
