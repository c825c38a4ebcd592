package io.tasklane.autoconfigure;

import java.util.regex.Pattern;

/** JDBC URLs for messages: without what may be a password. */
final class PrintableUrl {

    private static final Pattern CREDENTIALS = Pattern.compile("//[^/@]*@");

    private static final Pattern PARAMETERS = Pattern.compile("[?;].*");

    private PrintableUrl() {}

    /** Returns the URL without user and parameters. */
    static String of(String url) {
        return PARAMETERS.matcher(CREDENTIALS.matcher(url).replaceFirst("//")).replaceFirst("");
    }
}
