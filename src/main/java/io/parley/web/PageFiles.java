package io.parley.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page's files, read from the class path when first asked for and kept.
 *
 * <p>What is kept is bounded by what the archive holds: a name that is no file of it is not remembered. A path has words of letters,
 * digits, dots, hyphens and underscores that do not begin with a dot, and ends as one of the known types does; everything else is
 * not there. Thread-safe.
 */
final class PageFiles {

    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");
    private static final String FOLDER = "page";
    private static final String INDEX = "/index.html";

    private static final Map<String, String> MEDIA_TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final Map<String, PageFile> files = new ConcurrentHashMap<>();

    /** The file at a path that begins with a slash; {@code /} is the page itself. */
    Optional<PageFile> at(String path) {
        String name = path.equals("/") ? INDEX : path;
        PageFile known = files.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        String mediaType = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (mediaType == null || !PATH.matcher(name).matches()) {
            return Optional.empty();
        }
        Optional<PageFile> file = Optional.ofNullable(read(name)).map(content -> new PageFile(mediaType, content));
        file.ifPresent(found -> files.put(name, found));
        return file;
    }

    private static byte @Nullable [] read(String name) {
        URL resource = PageFiles.class.getResource(FOLDER + name);
        if (resource == null) {
            return null;
        }
        try (InputStream in = resource.openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
