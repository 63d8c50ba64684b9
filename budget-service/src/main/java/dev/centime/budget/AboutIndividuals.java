package dev.centime.budget;

/** Which rows of {@code budget.alert} tell what single persons did. */
public final class AboutIndividuals {
    /**
     * A condition of SQL, never null. A session is somebody's: an alert that names one is about a person too, and so is one about a budget of
     * several persons.
     */
    public static final String SQL = "(subject IS NOT NULL OR alert -> 'details' ->> 'session' IS NOT NULL"
            + " OR coalesce(alert -> 'details' ->> 'individual', '') = 'true')";

    private AboutIndividuals() {}
}
