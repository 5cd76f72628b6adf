package io.parley.web;

import io.parley.http.EntityTag;
import io.parley.http.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page and its files, at {@code /}, in the place of the container's own servlet for static files.
 *
 * <p>That one would also serve what else lies at the root of the archive. Files come from the class path, are validated by entity tag at each
 * use, and are sent compressed to who takes that. Thread-safe.
 */
public final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient PageFiles files = new PageFiles();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (path.isEmpty()) {
            // So that the page's relative addresses have the right base.
            response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
            response.setHeader("Location", request.getContextPath() + "/");
            return;
        }
        Optional<PageFile> file = files.at(path);
        if (file.isEmpty()) {
            Problem.NOT_FOUND.answer().send(response);
        } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            Problem.METHOD_NOT_ALLOWED.answer().send(response);
        } else {
            answer(request, response, file.get());
        }
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, PageFile file)
            throws IOException {
        boolean gzip = file.isCompressible() && accepts(request.getHeader("Accept-Encoding"));
        String tag = file.entityTag(gzip);
        response.setHeader("ETag", tag);
        response.setHeader("Cache-Control", "no-cache");
        if (file.isCompressible()) {
            response.setHeader("Vary", "Accept-Encoding");
        }
        if (EntityTag.matches(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        byte[] body = file.bytes(gzip);
        if (gzip) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentType(file.mediaType());
        response.setContentLength(body.length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(body);
        }
    }

    /** Whether gzip is among the codings of an {@code Accept-Encoding}, and not with weight 0 (RFC 9110 §12.5.3). */
    private static boolean accepts(@Nullable String codings) {
        return codings != null
                && Arrays.stream(codings.toLowerCase(Locale.ROOT).split(","))
                        .map(coding -> coding.replace(" ", ""))
                        .anyMatch(coding -> coding.matches("(?:x-)?gzip(?:;q=(?!0(?:\\.0*)?$).*)?"));
    }
}
