package dev.centime.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.kit.Cursor;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Cursors that no page of a list ended with: other lists', edited ones, and those of somebody who knows how the checksum is made. A list
 * refuses them by a 400 that names the parameter, or where they are as good as its own, answers with what the caller may see: nothing.
 */
public final class ForgedCursors {
    /** What nobody tells as the end of a page, and what a database may stumble over. */
    private static final List<String> ODD = List.of(
            "",
            "x",
            "-1",
            "99999999999999999999",
            "NaN",
            "1e999999999",
            "1e-999999999",
            "2026-02-30T00:00:00Z",
            "+1000000000-12-31T23:59:59.999999999Z",
            "\uD83D\uDE00'); --",
            "\u9280".repeat(512));

    private final String organization;
    private final Supplier<RequestSpecification> caller;
    private final List<Listed> lists;

    private ForgedCursors(String organization, Supplier<RequestSpecification> caller, List<Listed> lists) {
        this.organization = organization;
        this.caller = caller;
        this.lists = lists;
    }

    /**
     * A list.
     *
     * @param path with its query but for the cursor
     * @param empty whether the caller's has nothing in it
     * @param keys as a page of it ends
     */
    public record Listed(String path, boolean empty, List<String> keys) {
        /** Of what is the caller's organization's own, which is nothing. */
        public static Listed own(String path, String... keys) {
            return new Listed(path, true, List.of(keys));
        }

        /** Of what is everybody's. */
        public static Listed shared(String path, String... keys) {
            return new Listed(path, false, List.of(keys));
        }
    }

    /**
     * Tries them all on all lists of a service.
     *
     * @param organization whose nothing is, and whose the caller is
     * @param caller for each request a new one
     */
    public static void areRefused(String organization, Supplier<RequestSpecification> caller, Listed... lists) {
        var forged = new ForgedCursors(organization, caller, List.of(lists));
        for (var list : lists) {
            forged.tryOn(list);
        }
    }

    private void tryOn(Listed list) {
        // The forgery is as good as the list's own: without this, refusals would say nothing.
        assertThat(ask(list, cursor(organization, list, list.keys())).statusCode())
                .as("an honest cursor of %s", list.path())
                .isEqualTo(200);
        refused(list, cursor("another-organization", list, list.keys()));
        edited(list);
        for (var other : lists) {
            if (!other.path().equals(list.path())) {
                refused(list, cursor(organization, other, other.keys()));
            }
        }
        lists.stream().map(Listed::keys).distinct().forEach(keys -> bearable(list, keys));
        odd(list);
    }

    private void edited(Listed list) {
        var honest = cursor(organization, list, list.keys());
        for (var at : List.of(0, honest.length() / 2, honest.length() - 2)) {
            var other = honest.charAt(at) == 'A' ? 'B' : 'A';
            refused(list, honest.substring(0, at) + other + honest.substring(at + 1));
        }
        refused(list, honest + "AAAA");
        refused(list, honest + "&cursor=" + honest);
        refused(list, "A".repeat(3000));
        refused(list, "");
    }

    private void odd(Listed list) {
        for (var i = 0; i < list.keys().size(); i++) {
            for (var odd : ODD) {
                var keys = new ArrayList<>(list.keys());
                keys.set(i, odd);
                bearable(list, keys);
            }
        }
        refused(list, cursor(organization, list, List.of()));
        refused(
                list,
                cursor(organization, list, list.keys().subList(0, list.keys().size() - 1)));
        var more = new ArrayList<>(list.keys());
        more.add("more");
        refused(list, cursor(organization, list, more));
    }

    private void refused(Listed list, String cursor) {
        assertRefused(list, cursor, ask(list, cursor));
    }

    private void bearable(Listed list, List<String> keys) {
        var answer = ask(list, cursor(organization, list, keys));
        if (answer.statusCode() != 200) {
            assertRefused(list, keys.toString(), answer);
        } else if (list.empty()) {
            assertThat(answer.<List<?>>path("items"))
                    .as("%s after %s", list.path(), keys)
                    .isEmpty();
        }
    }

    private static void assertRefused(Listed list, String cursor, Response answer) {
        assertThat(answer.statusCode())
                .as("%s after %s: %s", list.path(), cursor, answer.asString())
                .isEqualTo(400);
        assertThat(answer.<String>path("errors[0].field")).isEqualTo("cursor");
    }

    private Response ask(Listed list, String cursor) {
        return caller.get().get(list.path() + (list.path().contains("?") ? "&" : "?") + "cursor=" + cursor);
    }

    /** As a service makes it for the same question. */
    private static String cursor(String organization, Listed list, List<String> keys) {
        var parts = list.path().split("\\?", 2);
        var asked = new TreeMap<String, List<String>>();
        if (parts.length == 2) {
            Arrays.stream(parts[1].split("&"))
                    .map(parameter -> parameter.split("=", 2))
                    .forEach(parameter -> asked.put(parameter[0], List.of(parameter[1])));
        }
        return Cursor.encode(organization + " " + parts[0] + " " + asked, keys);
    }
}
