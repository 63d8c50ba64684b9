package dev.centime.cli.cost;

/** Words of headings. */
final class Words {
    private Words() {}

    /** With its first letter large. */
    static String capital(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
