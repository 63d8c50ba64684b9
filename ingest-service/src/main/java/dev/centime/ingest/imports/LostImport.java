package dev.centime.ingest.imports;

/** Whoever reads or records an import may not go on: another has it now, it was cancelled, or the service ends. */
final class LostImport extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostImport() {
        super("the import is not ours any more", null, false, false);
    }
}
