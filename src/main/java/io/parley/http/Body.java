package io.parley.http;

import io.parley.text.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What the bytes of a body say. Stateless. */
public final class Body {
    private Body() {}

    /**
     * The text that the bytes are.
     *
     * @throws InvalidInput when they are not UTF-8
     */
    public static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInput("body", "the body is not UTF-8");
        }
    }
}
