package dev.centime.eventstore.axon.library;

/** Why a command was refused. */
public sealed class LibraryRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private LibraryRefusal(String message) {
        super(message, null, false, false);
    }

    public static final class NoCopyLeft extends LibraryRefusal {
        private static final long serialVersionUID = 1L;

        public NoCopyLeft(String book) {
            super("no copy of " + book + " is left");
        }
    }
}
