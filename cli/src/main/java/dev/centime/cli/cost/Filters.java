package dev.centime.cli.cost;

import dev.centime.cli.ask.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which calls are meant; none named means all. A repeated option means any of its values. */
final class Filters {
    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = "Only this provider; may be repeated, as all of these.")
    private @Nullable List<String> provider;

    @Option(names = "--model", paramLabel = "NAME", description = "Only this model.")
    private @Nullable List<String> model;

    @Option(names = "--project", paramLabel = "NAME", description = "Only this project.")
    private @Nullable List<String> project;

    @Option(names = "--experiment", paramLabel = "NAME", description = "Only this experiment.")
    private @Nullable List<String> experiment;

    @Option(names = "--session", paramLabel = "NAME", description = "Only this session.")
    private @Nullable List<String> session;

    @Option(names = "--run", paramLabel = "NAME", description = "Only this run.")
    private @Nullable List<String> run;

    @Option(names = "--user", paramLabel = "NAME", description = "Only this user.")
    private @Nullable List<String> user;

    @Option(names = "--operation", paramLabel = "NAME", description = "Only this operation.")
    private @Nullable List<String> operation;

    @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "Only calls with this tag.")
    private @Nullable Map<String, String> tags;

    Query in(Query query) {
        named().forEach(query::withEach);
        return query;
    }

    /** What was chosen, for a heading. */
    String words() {
        var words = new ArrayList<String>();
        named().forEach((name, values) -> words.add(name + " " + String.join(" or ", values)));
        return words.isEmpty() ? "" : " — " + String.join(", ", words);
    }

    Map<String, List<String>> named() {
        var named = new LinkedHashMap<String, List<String>>();
        put(named, "provider", provider);
        put(named, "model", model);
        put(named, "project", project);
        put(named, "experiment", experiment);
        put(named, "session", session);
        put(named, "run", run);
        put(named, "user", user);
        put(named, "operation", operation);
        if (tags != null) {
            tags.forEach((key, value) -> named.put("tag." + key, List.of(value)));
        }
        return named;
    }

    private static void put(Map<String, List<String>> named, String name, @Nullable List<String> values) {
        if (values != null) {
            named.put(name, values);
        }
    }
}
