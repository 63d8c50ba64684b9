package dev.centime.benchmarks.costs;

/** A kind of thing that calls are about. Its names differ by a number alone, so that SQL can name another one of the kind. */
enum Family {
    PROVIDER("bench-", 3),
    /** Four of each provider: a model some steps further is of the provider as many steps further. */
    MODEL("bench-model-", 12),
    PROJECT("project-", 20),
    OPERATION("operation-", 5),
    TEAM("team-", 8),
    USER("user-", 200);

    private final String prefix;
    private final int size;

    Family(String prefix, int size) {
        this.prefix = prefix;
        this.size = size;
    }

    int size() {
        return size;
    }

    /** @param number any; beyond the last it begins again */
    String name(int number) {
        return prefix + number % size;
    }

    /** SQL for the name some steps further, the first after the last. @param name and {@code steps} are SQL too */
    String further(String name, String steps) {
        return "'%s' || (substr(%s, %d)::int + %s) %% %d".formatted(prefix, name, prefix.length() + 1, steps, size);
    }
}
