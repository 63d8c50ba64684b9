package dev.centime.budget.channel;

import dev.centime.budget.AlertDelivery;
import dev.centime.budget.Delivery;
import dev.centime.budget.report.WeekBudgets;
import dev.centime.budget.report.WeekBudgets.Stood;
import dev.centime.budget.report.WeeklyReport;
import dev.centime.contracts.Organization;
import dev.centime.contracts.WeekReported;
import dev.centime.contracts.WeekReported.Top;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.Organizations;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the mail of a weekly report, with the names that persons have at that moment. Blocks. */
@ApplicationScoped
public class ReportMail {
    private final Subjects subjects;
    private final Organizations organizations;
    private final Links links;
    private final Duration patience;

    public ReportMail(Subjects subjects, Organizations organizations, Links links, AlertDelivery settings) {
        this.subjects = subjects;
        this.organizations = organizations;
        this.links = links;
        this.patience = settings.patience();
    }

    ReportText of(Delivery delivery) {
        var week = WeeklyReport.week(delivery.alert());
        var id = delivery.organization();
        var name = organizations.find(id).map(Organization::name).orElse(id);
        var budgets = WeeklyReport.budgets(delivery.alert());
        return new ReportText(name, week, budgets, names(id, week, budgets), links.dashboard());
    }

    private Map<String, String> names(String organization, WeekReported week, WeekBudgets budgets) {
        var users = week.top().stream()
                .filter(top -> top.dimension().equals(ReportText.USER))
                .map(Top::key);
        var ids = Stream.concat(users, budgets.worst().stream().map(Stood::subject))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return ids.isEmpty()
                ? Map.of()
                : subjects.namesOf(organization, ids).await().atMost(patience);
    }
}
