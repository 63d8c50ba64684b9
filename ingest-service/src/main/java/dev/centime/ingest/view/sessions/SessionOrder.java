package dev.centime.ingest.view.sessions;

import dev.centime.kit.PageEnd;
import dev.centime.kit.Query.Sort;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What a list of sessions can be sorted by. */
enum SessionOrder {
    RECENT("recent", "last_at", "timestamptz", session -> String.valueOf(session.lastCallAt())),
    COST("cost", "total_cost", "numeric", session -> session.totalCost().toString()),
    TOKENS("tokens", "tokens", "numeric", session -> String.valueOf(session.totalTokens())),
    MESSAGES("messages", "requests", "numeric", session -> String.valueOf(session.requests())),
    /** Of an export: the one order that no call changes. */
    NAME("session", "session", "text", session -> String.valueOf(session.session()));

    static final Sort DEFAULT = new Sort(RECENT.text, true);

    private final String text;
    private final String column;
    private final String type;
    private final Function<SessionTotals, String> value;

    SessionOrder(String text, String column, String type, Function<SessionTotals, String> value) {
        this.text = text;
        this.column = column;
        this.type = type;
        this.value = value;
    }

    static List<String> names() {
        return Arrays.stream(values()).map(order -> order.text).toList();
    }

    /** @param name one of {@link #names()} */
    static SessionOrder named(String name) {
        return Arrays.stream(values())
                .filter(order -> order.text.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such order: " + name));
    }

    /** Where a page ended. */
    List<String> end(SessionTotals last) {
        return List.of(value.apply(last), String.valueOf(last.session()));
    }

    /** For {@link dev.centime.kit.Query#cursor}. */
    List<String> checked(PageEnd end) {
        var value =
                switch (this) {
                    case RECENT -> end.instant().toString();
                    case COST, TOKENS, MESSAGES -> end.amount().toPlainString();
                    case NAME -> end.text();
                };
        return List.of(value, end.text());
    }

    /** Ends in the name, so that no two sessions stand at one place. */
    String sql(boolean descending) {
        return " ORDER BY " + column + (descending ? " DESC" : "") + ", session";
    }

    /** What comes behind a place, as SQL. @param value and {@code session} the numbers of parameters, both text */
    String behind(boolean descending, int value, int session) {
        var place = "$" + value + "::text::" + type;
        return "(" + column + (descending ? " < " : " > ") + place + " OR " + column + " = " + place
                + " AND session > $" + session + "::text)";
    }
}
