package dev.centime.ingest.accept.file;

import dev.centime.ingest.command.recordusage.Submitted;

/** Rows on their way to who takes them. What he fails with ends the reading, and is told apart from what a row is at fault for. */
final class PassedOn implements Rows {
    private final Rows to;

    PassedOn(Rows to) {
        this.to = to;
    }

    /** Who takes the rows has failed. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final RuntimeException reason;

        Failed(RuntimeException reason) {
            super(reason);
            this.reason = reason;
        }

        RuntimeException reason() {
            return reason;
        }
    }

    @Override
    public void row(long line, Submitted submitted) {
        pass(() -> to.row(line, submitted));
    }

    @Override
    public void repeated() {
        pass(to::repeated);
    }

    @Override
    public void ignored() {
        pass(to::ignored);
    }

    @Override
    public void difference(Difference difference) {
        pass(() -> to.difference(difference));
    }

    @Override
    public void sessionBudget(SessionBudget budget) {
        pass(() -> to.sessionBudget(budget));
    }

    private static void pass(Runnable row) {
        try {
            row.run();
        } catch (RuntimeException e) {
            throw new Failed(e);
        }
    }
}
