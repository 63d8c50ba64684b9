package dev.centime.ingest.imports;

/** Somebody cancelled the import whose file is being read. */
final class CancelledWhileReceived extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CancelledWhileReceived() {
        super("cancelled", null, false, false);
    }
}
