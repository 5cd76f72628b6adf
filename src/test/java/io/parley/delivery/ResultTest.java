package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.access.ErrorCode;
import io.parley.access.Refusal;
import io.parley.conformance.Covers;
import io.parley.contract.LogLines;
import io.parley.room.Written;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How failures are told. */
class ResultTest {
    private static final Pattern REFERENCE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    @Test
    @Covers("err-internal")
    void aBugIsToldByAReferenceOfTheLogAlone() {
        assertReferred(() -> Result.failed(new IllegalStateException("the table users is broken")));
    }

    @Test
    @Covers("err-internal")
    void aWriteThatCannotBeStoredIsToldByAReferenceOfTheLogAlone() {
        assertReferred(() -> Result.of(new Written.Refused(Written.Reason.INTERNAL)));
    }

    private static void assertReferred(Supplier<Result> failure) {
        try (LogLines log = new LogLines(Result.class)) {
            Refusal told =
                    failure.get().reply() instanceof Reply.Failed failed ? failed.refusal() : Refusal.noSuchRoom();
            assertEquals(ErrorCode.INTERNAL, told.code());
            assertFalse(told.message().contains("users"), told.message());
            Matcher reference = REFERENCE.matcher(told.message());
            assertTrue(reference.find(), told.message());
            assertEquals(1, log.lines().size());
            assertTrue(
                    log.lines().get(0).contains(reference.group()), log.lines().get(0));
        }
    }
}
