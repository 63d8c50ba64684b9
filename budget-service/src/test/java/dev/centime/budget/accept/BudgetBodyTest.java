package dev.centime.budget.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.budget.Given;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Rollover;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDefinition.Window;
import dev.centime.contracts.Money;
import dev.centime.kit.Problem;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetBodyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void takesTheDefaultsOfTheContract() {
        var budget = read("{'name': 'All', 'total_limit': '500.00', 'budget_type': 'monthly'}");
        assertThat(budget.totalLimit()).isEqualTo(Money.of("500"));
        assertThat(budget.startDate()).isEqualTo(TODAY);
        assertThat(budget.scope().filters()).isEmpty();
        assertThat(percents(budget)).containsExactly("80 warn", "95 warn", "100 warn");
        assertThat(budget.window()).isEqualTo(Window.CALENDAR);
        assertThat(budget.rollover()).isEqualTo(Rollover.NONE);
        assertThat(budget.renews()).isTrue();
        assertThat(budget.alertEnabled()).isTrue();
        assertThat(budget.active()).isTrue();
        assertThat(budget.cooldownMinutes()).isEqualTo(60);
    }

    @Test
    void takesAllThatTheContractNames() {
        var budget = read("""
                {'name': ' Team ', 'description': 'd', 'total_limit': 12.50, 'budget_type': 'custom',
                 'start_date': '2026-12-01', 'end_date': '2026-12-31',
                 'scope': {'user': 'alice', 'tag.team': ['search', 'ads', 'search']},
                 'thresholds': [{'percent': 50, 'action': 'log'}, {'percent': '80.5', 'channels': ['email', 'slack']},
                    {'percent': 100, 'action': 'stop'}],
                 'alert_contacts': {'emails': ['ops@example.com'], 'slack_channels': ['#costs'], 'webhooks': ['https://example.com/x']},
                 'cooldown_minutes': 0, 'is_active': false, 'alert_enabled': false, 'unknown': 1}""");
        assertThat(budget.name()).isEqualTo("Team");
        assertThat(budget.totalLimit()).isEqualTo(Money.of("12.5"));
        assertThat(budget.budgetType()).isEqualTo(Type.CUSTOM);
        assertThat(budget.endDate()).isEqualTo(LocalDate.of(2026, 12, 31));
        assertThat(budget.scope().filters())
                .isEqualTo(Map.of("user", List.of("alice"), "tag.team", List.of("search", "ads")));
        assertThat(percents(budget)).containsExactly("50 log", "80.5 warn", "100 block");
        assertThat(budget.thresholds().getLast().action()).isEqualTo(Action.BLOCK);
        assertThat(budget.alertContacts().slackChannels()).containsExactly("#costs");
        assertThat(budget.renews()).isTrue();
        assertThat(budget.active()).isFalse();
    }

    @Test
    void aCustomBudgetEndsForGood_whenItSaysSo() {
        assertThat(with("'budget_type': 'custom', 'end_date': '2026-12-31', 'renews': false")
                        .renews())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "daily, 2024-02-26, true",
        "daily, 2024-02-25, false",
        "weekly, 2008-01-01, true",
        "weekly, 2007-01-01, false",
        "monthly, 2000-01-01, true",
    })
    void carriesOverThroughSoManyPeriodsAndNoMore(String type, String start, boolean taken) {
        var fields = "'budget_type': '" + type + "', 'start_date': '" + start + "'";
        assertThat(with(fields).startDate()).isEqualTo(start);
        if (taken) {
            assertThat(with(fields + ", 'rollover': 'remaining'").startDate()).isEqualTo(start);
        } else {
            assertThat(fields(base(fields + ", 'rollover': 'remaining'"))).containsExactly("start_date");
        }
    }

    @Test
    void aBudgetThatHasGrownOldMayBeChanged() throws JsonProcessingException {
        var body = new ObjectMapper()
                .readTree(base("'budget_type': 'daily', 'start_date': '2020-01-01', 'rollover': 'remaining'")
                        .replace('\'', '"'));
        var created = LocalDate.of(2020, 1, 1);
        assertThat(BudgetBody.read(body, Given.UTC, created, created).startDate())
                .isEqualTo(created);
    }

    @Test
    void takesTheShortFormOfThresholds() {
        assertThat(percents(with("'warning_threshold': 0.7, 'critical_threshold': '0.9'")))
                .containsExactly("70 warn", "90 warn", "100 warn");
        assertThat(percents(with("'warning_threshold': 0.5"))).containsExactly("50 warn", "95 warn", "100 warn");
    }

    @Test
    void takesNoThresholdsAtAll() {
        assertThat(with("'thresholds': []").thresholds()).isEmpty();
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        assertThat(fields("""
                {'name': 5, 'total_limit': 'much', 'budget_type': 'hourly', 'start_date': 'soon', 'scope': {'planet': 'x', 'user': []},
                 'thresholds': [{'percent': 90}, {'percent': 80, 'action': 'shout'}, 7], 'cooldown_minutes': -1, 'is_active': 'yes',
                 'alert_contacts': {'emails': ['nobody']}}"""))
                .containsExactlyInAnyOrder(
                        "name",
                        "total_limit",
                        "budget_type",
                        "start_date",
                        "scope.planet",
                        "scope.user",
                        "thresholds[1].action",
                        "thresholds[2]",
                        "thresholds[1].percent",
                        "cooldown_minutes",
                        "is_active",
                        "alert_contacts.emails[0]");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(fields("{}")).containsExactlyInAnyOrder("name", "total_limit", "budget_type");
        assertThat(fields("{'name': null}")).contains("name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'total_limit': 0                                        | total_limit
            'total_limit': '-1'                                     | total_limit
            'total_limit': '1e30'                                   | total_limit
            'total_limit': 1e999999999                              | total_limit
            'total_limit': '0.0000000000000000001'                  | total_limit
            'total_limit': 'NaN'                                    | total_limit
            'total_limit': true                                     | total_limit
            'name': '  '                                            | name
            'name': 'a\\u0000b'                                     | name
            'name': '\\ud800'                                       | name
            'end_date': '2026-12-31'                                | end_date
            'budget_type': 'custom'                                 | end_date
            'budget_type': 'custom', 'end_date': '2026-11-21'       | end_date
            'start_date': '9999-01-01'                              | start_date
            'start_date': '1999-12-31'                              | start_date
            'start_date': 20261122                                  | start_date
            'scope': []                                             | scope
            'scope': {'tag.': 'x'}                                  | scope.tag.
            'scope': {'user': ['a', 5]}                             | scope.user[1]
            'scope': {'user': ['a\\u0000']}                         | scope.user[0]
            'thresholds': [{'percent': 80}, {'percent': 80}]        | thresholds[1].percent
            'thresholds': [{'percent': 0}]                          | thresholds[0].percent
            'thresholds': [{'percent': 1e999999999}]                | thresholds[0].percent
            'thresholds': [{}]                                      | thresholds[0].percent
            'thresholds': [{'percent': 5, 'channels': ['fax']}]     | thresholds[0].channels[0]
            'thresholds': {}                                        | thresholds
            'thresholds': [], 'warning_threshold': 0.5              | warning_threshold
            'warning_threshold': 0.96                               | warning_threshold
            'critical_threshold': 80                                | critical_threshold
            'window': 'sliding'                                     | window
            'window': 'rolling', 'renews': false                    | renews
            'window': 'rolling', 'budget_type': 'session'           | window
            'rollover': 'remaining', 'window': 'rolling'            | rollover
            'rollover': 'remaining', 'renews': false                | rollover
            'rollover': 'remaining', 'rollover_cap': 0              | rollover_cap
            'when_stale': 'maybe'                                   | when_stale
            'rollover_cap': 5                                       | rollover_cap
            'cooldown_minutes': 1.5                                 | cooldown_minutes
            'alert_contacts': {'webhooks': ['file:///etc/passwd']}  | alert_contacts.webhooks[0]
            """)
    void refuses(String change, String field) {
        assertThat(fields(base(change))).containsExactly(field);
    }

    @Test
    void refusesATagKeyThatNoDatabaseKeeps() {
        assertThat(fields(base("'scope': {'tag.a\\u0000b': 'x'}"))).containsExactly("scope.tag.a\0b");
        assertThat(fields(base("'scope': {'tag.\\ud800': 'x'}"))).hasSize(1);
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThat(fields("[]")).containsExactly("body");
    }

    private static BudgetDefinition with(String change) {
        return read(base(change));
    }

    private static String base(String change) {
        return "{'name': 'n', 'total_limit': 10, 'budget_type': 'monthly', " + change + "}";
    }

    private static List<String> percents(BudgetDefinition budget) {
        return budget.thresholds().stream()
                .map(each -> each.percent() + " " + each.action().text())
                .toList();
    }

    private static List<String> fields(String body) {
        var refusal = refusal(body);
        assertThat(refusal.status()).isEqualTo(422);
        return refusal.errors().stream().map(Problem.FieldError::field).toList();
    }

    private static Problem refusal(String body) {
        return catchThrowableOfType(Problem.class, () -> read(body));
    }

    private static BudgetDefinition read(String body) {
        return BudgetBody.read(json(body), Given.UTC, TODAY);
    }

    private static JsonNode json(String body) {
        try {
            return new ObjectMapper()
                    .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(body.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
