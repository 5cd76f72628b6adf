package io.parley.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.parley.embedded.FrameGuard.Violation;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameGuardTest {

    private static final int LIMIT = 70_000;
    private static final List<Integer> LENGTHS = List.of(0, 1, 125, 126, 65_535, 65_536, LIMIT);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void howeverItIsCutWhatIsAllowedPassesAndWhatIsNotIsFoundAtItsHeader(long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        LENGTHS.forEach(length -> frame(stream, 0x82, length));
        frame(stream, 0x02, LIMIT / 2);
        frame(stream, 0x89, 10);
        frame(stream, 0x80, LIMIT / 2);
        int allowed = stream.size();
        stream.writeBytes(RawClient.header(0x82, LIMIT + 1));
        FrameGuard guard = new FrameGuard(LIMIT);

        ByteBuffer bytes = ByteBuffer.wrap(stream.toByteArray());
        int accepted = 0;
        while (bytes.hasRemaining() && guard.violation() == null) {
            int piece = 1 + random.nextInt(Math.min(bytes.remaining(), random.nextBoolean() ? 3 : 20_000));
            accepted += guard.accept(bytes.slice(bytes.position(), piece));
            bytes.position(bytes.position() + piece);
        }

        assertEquals(Violation.TOO_LONG, guard.violation(), () -> "seed " + seed);
        // The beginning of a header may have passed before its end was seen.
        assertEquals(allowed, Math.min(accepted, allowed), () -> "seed " + seed);
    }

    @Test
    void aLengthWithItsHighestBitIsTooLong() {
        FrameGuard guard = new FrameGuard(LIMIT);

        assertEquals(0, guard.accept(ByteBuffer.wrap(RawClient.header(0x82, Long.MIN_VALUE + 1))));

        assertEquals(Violation.TOO_LONG, guard.violation());
    }

    @Test
    void whatFollowsAViolationIsNotLookedAt() {
        FrameGuard guard = new FrameGuard(LIMIT);
        guard.accept(ByteBuffer.wrap(new byte[] {(byte) 0x81, 0x01}));
        assertEquals(Violation.UNMASKED, guard.violation());

        assertEquals(0, guard.accept(ByteBuffer.wrap(RawClient.header(0x81, 0))));
    }

    @Test
    void aPositionInTheBufferIsRespected() {
        FrameGuard guard = new FrameGuard(LIMIT);
        ByteBuffer bytes = ByteBuffer.allocate(20).position(3);
        bytes.put(RawClient.header(0x81, 2))
                .put((byte) 'h')
                .put((byte) 'i')
                .flip()
                .position(3);

        assertEquals(bytes.remaining(), guard.accept(bytes));

        assertNull(guard.violation());
        assertEquals(3, bytes.position());
    }

    private static void frame(ByteArrayOutputStream stream, int first, int length) {
        stream.writeBytes(RawClient.header(first, length));
        stream.writeBytes(new byte[length]);
    }
}
