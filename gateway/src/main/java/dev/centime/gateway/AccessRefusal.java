package dev.centime.gateway;

/** Why a command about organizations and keys was refused. */
public abstract sealed class AccessRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private AccessRefusal(String message) {
        super(message, null, false, false);
    }

    /** The id is taken. */
    public static final class AlreadyThere extends AccessRefusal {
        private static final long serialVersionUID = 1L;

        public AlreadyThere(String what) {
            super(what);
        }
    }

    /** There never was one, or it was revoked. */
    public static final class NotThere extends AccessRefusal {
        private static final long serialVersionUID = 1L;

        public NotThere(String what) {
            super(what);
        }
    }

    /** The caller had seen another version. */
    public static final class Stale extends AccessRefusal {
        private static final long serialVersionUID = 1L;
        private final long revision;

        public Stale(long revision) {
            super("the newest version is " + revision);
            this.revision = revision;
        }

        public long revision() {
            return revision;
        }
    }
}
