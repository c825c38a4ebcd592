package io.tasklane.benchmark.peer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of the products, read from the names of their jars. */
final class Versions {

    private Versions() {}

    static String of(Class<?> type, String artifact) {
        String location =
                type.getProtectionDomain().getCodeSource().getLocation().getPath();
        Matcher matcher =
                Pattern.compile(Pattern.quote(artifact) + "-(\\d[^/]*)\\.jar$").matcher(location);
        return matcher.find() ? matcher.group(1) : "of unknown version";
    }
}
