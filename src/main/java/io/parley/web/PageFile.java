package io.parley.web;

import io.parley.http.EntityTag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One file of the page, as it is sent: plain, and compressed when that is shorter. Immutable.
 *
 * <p>The arrays are written out and never given away.
 */
final class PageFile {

    private final String mediaType;
    private final String tag;
    private final byte[] plain;
    private final byte @Nullable [] compressed;

    PageFile(String mediaType, byte[] content) {
        this.mediaType = mediaType;
        this.plain = content.clone();
        this.tag = EntityTag.of(content);
        byte[] shorter = mediaType.startsWith("image/png") || mediaType.startsWith("font/") ? content : gzip(content);
        this.compressed = shorter.length < content.length ? shorter : null;
    }

    String mediaType() {
        return mediaType;
    }

    boolean isCompressible() {
        return compressed != null;
    }

    /** The entity tag of a representation, with its quotes (RFC 9110 §8.8.3). */
    String entityTag(boolean gzip) {
        return '"' + tag + (gzip ? "-gzip\"" : "\"");
    }

    /** The bytes of a representation, not to be changed. */
    byte[] bytes(boolean gzip) {
        return gzip && compressed != null ? compressed : plain;
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
