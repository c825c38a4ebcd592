package io.tasklane.store.jdbc;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Headers as text: {@code name=value&name=value}, encoded as in a form. */
final class HeaderText {

    private HeaderText() {}

    /** Returns null for no headers. */
    static @Nullable String format(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        new TreeMap<>(headers)
                .forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }

    static Map<String, String> parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Map.of();
        }
        Map<String, String> headers = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int end = pair.indexOf('=');
            headers.put(
                    URLDecoder.decode(pair.substring(0, end), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(end + 1), StandardCharsets.UTF_8));
        }
        return headers;
    }
}
