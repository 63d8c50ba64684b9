package dev.centime.budget;

/** Which rows of {@code budget.alert} tell what single persons did. */
public final class AboutIndividuals {
    /** {@link dev.centime.contracts.AlertRaised#aboutIndividuals} as a condition of SQL, never null; a test holds the two together. */
    public static final String SQL = "(subject IS NOT NULL OR alert -> 'details' ->> 'session' IS NOT NULL"
            + " OR coalesce(alert -> 'details' ->> 'individual', '') = 'true')";

    private AboutIndividuals() {}
}
