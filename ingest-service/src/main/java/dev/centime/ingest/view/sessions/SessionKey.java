package dev.centime.ingest.view.sessions;

/** Whose part of which session. @param subject the empty text for calls of no person */
record SessionKey(String organization, String session, String subject) {}
