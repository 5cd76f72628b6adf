package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes of closes, and what clients make of them. */
class CloseReasonTest {

    @Test
    @Covers("close-reason")
    void everyReasonHasACodeOfTheProtocolAndWords() throws Exception {
        String codes = codesOfTheProtocol();
        List<CloseReason> reasons = reasons();
        assertTrue(reasons.size() > 1, "no reason found: nothing would be checked");
        for (CloseReason reason : reasons) {
            assertTrue(codes.contains(String.valueOf(reason.code())), reason::toString);
            assertFalse(reason.reason().isBlank(), reason::toString);
        }
    }

    /** What is promised and never said misleads whoever writes a client. */
    @Test
    void everyCodeOfTheProtocolIsSomebodysToSay() throws Exception {
        Set<Integer> said = reasons().stream().map(CloseReason::code).collect(Collectors.toCollection(TreeSet::new));
        said.addAll(List.of(1002, 1007)); // containers
        said.add(1008); // Visit, with what the policy says
        said.add(1012); // nobody yet, as the protocol owns
        Set<Integer> promised = Pattern.compile("\\b[1-4]\\d{3}\\b")
                .matcher(codesOfTheProtocol())
                .results()
                .map(code -> Integer.parseInt(code.group()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(promised, said);
    }

    @ParameterizedTest
    @Covers("close-1008")
    @CsvSource({"1000, false", "1008, false", "3000, false", "3003, false", "1001, true", "1012, true", "1013, true"})
    void onlyWhoIsWelcomeAgainIsToldToReconnect(int code, boolean reconnect) {
        assertEquals(reconnect, new CloseReason(code, "a reason").reconnect());
    }

    private static String codesOfTheProtocol() throws IOException {
        String protocol = Files.readString(Path.of("docs/protocol.md"));
        int begin = protocol.indexOf("**Close codes**");
        return protocol.substring(begin, protocol.indexOf("\n\n", begin)).replaceAll("<[^>]*>", "");
    }

    private static List<CloseReason> reasons() throws IllegalAccessException {
        List<CloseReason> reasons = new ArrayList<>();
        for (Field field : CloseReason.class.getFields()) {
            if (field.get(null) instanceof CloseReason reason) {
                reasons.add(reason);
            }
        }
        return reasons;
    }
}
