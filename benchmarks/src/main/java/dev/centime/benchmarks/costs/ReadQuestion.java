package dev.centime.benchmarks.costs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A read of ingest-service that a page or a program asks.
 *
 * @param name what it is about, for people
 * @param path below {@code /api/v1}
 */
record ReadQuestion(String name, String path) {
    /**
     * All of them: of the usual 30 days, and where more days are more to read, of the 90 of all calls.
     *
     * @param asOf a moment at which all calls were known; that all became known on one day is the worst that can happen to it
     */
    static List<ReadQuestion> all(Instant asOf) {
        var all = new ArrayList<ReadQuestion>();
        all.add(new ReadQuestion("summary, top drivers", "/costs/summary"));
        all.add(new ReadQuestion("calls", "/usage"));
        all.add(new ReadQuestion("calls, a thousand", "/usage?days=90&limit=1000&sort=timestamp"));
        all.add(new ReadQuestion("calls of a tag, project", "/usage?days=90&tag.feature=feature-7&project=project-7"));
        all.add(new ReadQuestion("a session", "/sessions/session-101"));
        all.add(new ReadQuestion("calls without a price", "/pricing/unpriced"));
        both(all, "history", "/costs/history");
        for (var dimension :
                List.of("model", "user", "operation", "session", "run", "tag.feature", "tag.task", "hour")) {
            both(all, "by " + dimension, "/costs/breakdown?dimension=" + dimension);
        }
        both(all, "by model of a user", "/costs/breakdown?dimension=model&user=user-7");
        both(all, "by model of a tag", "/costs/breakdown?dimension=model&tag.feature=feature-7");
        both(all, "by feature of a project", "/costs/breakdown?dimension=tag.feature&project=project-7");
        both(all, "by session of a project", "/costs/breakdown?dimension=session&project=project-7");
        both(all, "by model, as of", "/costs/breakdown?dimension=model&as_of=" + asOf);
        both(all, "by feature, as of", "/costs/breakdown?dimension=tag.feature&as_of=" + asOf);
        both(all, "analysis by project", "/costs/analysis?group_by=project");
        both(all, "analysis by feature", "/costs/analysis?group_by=tag.feature");
        both(all, "analysis by session", "/costs/analysis?group_by=session");
        both(all, "analysis of a tag", "/costs/analysis?tag.team=team-3");
        both(all, "trend", "/costs/trends");
        both(all, "trend of a tag", "/costs/trends?tag.feature=feature-7");
        both(all, "variance", "/costs/variance");
        both(all, "variance by call", "/costs/variance?dimension=call");
        both(all, "differences by source", "/costs/differences?dimension=source");
        both(all, "sessions, newest", "/sessions");
        both(all, "sessions, dearest", "/sessions?sort=-cost");
        both(all, "sessions of a project", "/sessions?project=project-7");
        both(all, "sessions of a tag", "/sessions?tag.feature=feature-7");
        both(all, "analytics of a person", "/analytics/user?user=user-7");
        both(all, "analytics of all", "/analytics/admin");
        both(all, "efficiency", "/costs/efficiency");
        both(all, "efficiency of a project", "/costs/efficiency?project=project-7");
        both(all, "efficiency, as of", "/costs/efficiency?as_of=" + asOf);
        return all;
    }

    private static void both(List<ReadQuestion> all, String name, String path) {
        all.add(new ReadQuestion(name, path));
        all.add(new ReadQuestion(name + ", 90 days", path + (path.contains("?") ? "&" : "?") + "days=90"));
    }
}
