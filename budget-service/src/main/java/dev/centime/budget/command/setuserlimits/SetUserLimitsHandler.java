package dev.centime.budget.command.setuserlimits;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.BudgetRefusal.AboveAdministrators;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.CurrentUserLimits;
import dev.centime.budget.CurrentUserLimits.Read;
import dev.centime.budget.UserLimits;
import dev.centime.budget.event.UserLimitsSet;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.contracts.BudgetDefinition.Contacts;
import dev.centime.contracts.BudgetDefinition.Rollover;
import dev.centime.contracts.BudgetDefinition.Threshold;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDefinition.Window;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Money;
import dev.centime.contracts.Scope;
import dev.centime.eventstore.log.AppendCondition;
import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.Tag;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Sets up to four budgets of one person in one decision: all of them or none. */
@ApplicationScoped
class SetUserLimitsHandler {
    private static final int ATTEMPTS = 10;
    private static final Map<Type, Money> USUAL = Map.of(
            Type.DAILY, Money.of("1"),
            Type.WEEKLY, Money.of("5"),
            Type.MONTHLY, Money.of("20"),
            Type.SESSION, Money.of("0.5"));

    private final CurrentUserLimits current;
    private final EventLog log;
    private final EventTypes types;

    SetUserLimitsHandler(CurrentUserLimits current, EventLog log, EventTypes types) {
        this.current = current;
        this.log = log;
        this.types = types;
    }

    /** @param position of its events, or of all that stood already when it changed nothing */
    record Done(UserLimits limits, Position position) {}

    /** @param metadata of its events: by whom, and from where */
    Uni<Done> handle(String organization, String subject, SetUserLimits command, Map<String, String> metadata) {
        return attempt(organization, subject, command, metadata, ATTEMPTS);
    }

    private Uni<Done> attempt(
            String organization, String subject, SetUserLimits command, Map<String, String> metadata, int attempts) {
        return current.of(organization, subject).chain(read -> {
            var decided = decide(command, read.limits());
            if (decided.isEmpty()) {
                return Uni.createFrom().item(new Done(read.limits(), read.head()));
            }
            var events = decided.stream()
                    .map(payload -> event(subject, command, payload, metadata))
                    .toList();
            return append(organization, subject, events, read, decided)
                    .onFailure(AppendRejected.class)
                    .recoverWithUni(rejected -> attempts > 1
                            ? attempt(organization, subject, command, metadata, attempts - 1)
                            : Uni.createFrom().failure(rejected));
        });
    }

    private Uni<Done> append(
            String organization, String subject, List<NewEvent> events, Read read, List<Object> decided) {
        var condition = new AppendCondition(CurrentUserLimits.criteria(subject), read.head());
        return log.append(organization, events, condition).map(appended -> {
            decided.forEach(read.limits()::evolve);
            return new Done(read.limits(), appended.position());
        });
    }

    private NewEvent event(String subject, SetUserLimits command, Object payload, Map<String, String> metadata) {
        var tag = payload instanceof BudgetSet set
                ? new Tag(BudgetConfiguration.BUDGET_TAG, set.budgetId())
                : CurrentUserLimits.tag(subject);
        return types.encode(
                UUID.randomUUID().toString(), command.at(), payload, metadata, Set.of(tag, BudgetConfiguration.LIMITS));
    }

    /** The budgets that change, and what that makes of the limits; nothing when nothing changes. */
    static List<Object> decide(SetUserLimits command, UserLimits limits) {
        if (command.byHimself()) {
            command.limits().forEach((period, limit) -> refuseAbove(limits, period, limit));
        }
        var emailAlerts = command.emailAlerts() == null ? limits.emailAlerts() : command.emailAlerts();
        var decided = new ArrayList<Object>();
        var now = new EnumMap<Type, Money>(Type.class);
        for (var period : UserLimits.PERIODS) {
            var limit = limit(command, limits, period);
            limit.ifPresent(amount -> {
                now.put(period, amount);
                var standing = limits.budget(period).map(BudgetSet::definition);
                var definition = standing.map(old -> changed(command, period, old))
                        .orElseGet(() -> first(command, limits, period, amount, emailAlerts));
                if (!standing.equals(Optional.of(definition))) {
                    decided.add(set(command, limits, period, definition));
                }
            });
        }
        if (!decided.isEmpty() || !limits.wereSet() || emailAlerts != limits.emailAlerts()) {
            decided.add(new UserLimitsSet(
                    limits.subject(), now, most(command, limits, now), emailAlerts, command.by(), command.at()));
        }
        return decided;
    }

    /** An administrator says it of what he names, and of all that he sets by setting anything for the first time; else it stays. */
    private static Map<Type, Money> most(SetUserLimits command, UserLimits limits, Map<Type, Money> now) {
        var most = new EnumMap<Type, Money>(Type.class);
        most.putAll(limits.most());
        if (!command.byHimself()) {
            most.putAll(limits.wereSet() ? command.limits() : now);
        }
        return most;
    }

    private static void refuseAbove(UserLimits limits, Type period, Money limit) {
        var most = limits.most().get(period);
        if (most != null && limit.compareTo(most) > 0) {
            throw new Refused(new AboveAdministrators(period, most));
        }
    }

    /** What was left out takes what is usual the first time, and stays as it is from then on. */
    private static Optional<Money> limit(SetUserLimits command, UserLimits limits, Type period) {
        var wanted = Optional.ofNullable(command.limits().get(period)).or(() -> limits.limit(period));
        return limits.wereSet() ? wanted : wanted.or(() -> Optional.ofNullable(USUAL.get(period)));
    }

    /** What is named changes; all else stays as whoever set it wanted it, who may be an administrator. */
    private static BudgetDefinition changed(SetUserLimits command, Type period, BudgetDefinition standing) {
        var limit = command.limits().get(period);
        var mailed = command.emailAlerts();
        if (limit == null && mailed == null) {
            return standing;
        }
        return standing.with(
                        limit == null ? standing.totalLimit() : limit,
                        mailed == null
                                ? standing.thresholds()
                                : standing.thresholds().stream()
                                        .map(threshold -> mailed(threshold, mailed))
                                        .toList())
                .with(command.calendar());
    }

    /** One without channels of its own is told where the organization wants it told, and stays so. */
    private static Threshold mailed(Threshold threshold, boolean mailed) {
        var before = threshold.channels();
        if (before.isEmpty() || before.contains(Channel.EMAIL) == mailed) {
            return threshold;
        }
        var channels = EnumSet.copyOf(before);
        if (mailed) {
            channels.add(Channel.EMAIL);
        } else {
            channels.remove(Channel.EMAIL);
            if (channels.isEmpty()) {
                channels.add(Channel.CONSOLE);
            }
        }
        return new Threshold(threshold.percent(), threshold.action(), List.copyOf(channels));
    }

    /** Of a period in which nothing stands. */
    private static BudgetDefinition first(
            SetUserLimits command, UserLimits limits, Type period, Money limit, boolean emailAlerts) {
        var channels = emailAlerts ? List.of(Channel.CONSOLE, Channel.EMAIL) : List.of(Channel.CONSOLE);
        var text = period.text();
        return new BudgetDefinition(
                text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + " limit",
                null,
                limit,
                period,
                command.today(),
                null,
                command.calendar(),
                new Scope(Map.of("user", List.of(limits.subject()))),
                List.of(
                        new Threshold(new BigDecimal("80"), Action.WARN, channels),
                        new Threshold(new BigDecimal("100"), Action.BLOCK, channels)),
                Window.CALENDAR,
                Rollover.NONE,
                null,
                true,
                true,
                Contacts.NONE,
                60,
                true,
                null);
    }

    private static BudgetSet set(SetUserLimits command, UserLimits limits, Type period, BudgetDefinition definition) {
        var last = limits.last(period);
        return new BudgetSet(
                UserLimits.budgetId(limits.subject(), period),
                limits.revision(period) + 1,
                definition,
                command.by(),
                last.map(BudgetSet::createdBy).orElse(command.by()),
                last.map(BudgetSet::createdAt).orElse(command.at()));
    }
}
