package io.parley.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    private static final int CALLED_WRONGLY = 2;
    private static final int NOT_RUNNING = 3;

    @TempDir
    Path data;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void everyCommandIsListedAndHelps() {
        List<String> calls = List.of(
                "backup FILE",
                "restore FILE",
                "rooms",
                "delete ROOM SEQ",
                "drop GUEST",
                "expel ROOM GUEST",
                "announce TEXT",
                "stats",
                "token create NAME [open]",
                "token list",
                "token revoke NAME",
                "hook create ROOM [NAME]",
                "hook send ROOM URL",
                "hook list",
                "hook revoke NAME",
                "bench URL");
        assertEquals(calls.size(), CommandLine.help().lines().count());
        for (String call : calls) {
            assertTrue(CommandLine.help().contains("java -jar parley.war " + call + " "), CommandLine::help);
            String[] name = call.replaceFirst(" [A-Z\\[].*", "").split(" ", -1);
            assertTrue(CommandLine.knows(name[0]));
            out.reset();
            assertEquals(
                    0, run(Stream.concat(Stream.of(name), Stream.of("--help")).toArray(String[]::new)));
            String said = out.toString(StandardCharsets.UTF_8);
            assertTrue(said.startsWith("java -jar parley.war " + call + "\n\n"), said);
            assertTrue(said.lines().allMatch(line -> line.length() <= 120), said);
        }
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsCalledWronglyIsToldHow() {
        assertRefused(CALLED_WRONGLY, "backup: it is called as \"backup FILE\"; backup --help says more", "backup");
        assertRefused(CALLED_WRONGLY, "rooms: it is called as \"rooms\"; rooms --help says more", "rooms", "all");
        String unfit = "drop: GUEST is empty, too long, or has control characters";
        assertRefused(CALLED_WRONGLY, unfit, "drop", "a\tb");
        assertRefused(CALLED_WRONGLY, unfit, "drop", "");
        assertRefused(CALLED_WRONGLY, "delete: SEQ is a number, 1 or more", "delete", "lobby", "0");
        assertRefused(CALLED_WRONGLY, "delete: SEQ is a number, 1 or more", "delete", "lobby", "last");
        String no = "bench: URL is the address of a Parley, such as https://chat.example.com/";
        assertRefused(CALLED_WRONGLY, "bench: it is called as \"bench URL\"; bench --help says more", "bench");
        assertRefused(CALLED_WRONGLY, no, "bench", "chat.example.com");
        assertRefused(CALLED_WRONGLY, no, "bench", "ftp://chat.example.com/");
        assertRefused(CALLED_WRONGLY, no, "bench", "https://user:secret@chat.example.com/");
        String url = "http://localhost:1/";
        assertRefused(CALLED_WRONGLY, "bench: --readers is a number from 1 to 1000", "bench", url, "--readers", "1001");
        assertRefused(CALLED_WRONGLY, "bench: --seconds is a number from 1 to 300", "bench", url, "--seconds");
        assertRefused(
                CALLED_WRONGLY, "bench: cannot do \"--fast\"; bench --help says what it can", "bench", url, "--fast");
        assertRefused(
                CALLED_WRONGLY,
                "bench: for 101 posts a second there must be 21 readers, each posts 5 at most",
                "bench",
                url,
                "--rate",
                "101");
        assertRefused(CALLED_WRONGLY, "backup: FILE is empty, too long, or has control characters", "backup", "a\nb");
    }

    @Test
    void whereNoServerRunsThatIsSaid() {
        assertEquals(NOT_RUNNING, run("stats"));
        String said = err.toString(StandardCharsets.UTF_8);
        assertTrue(said.startsWith("parley: stats: no Parley that you may command runs on " + data), said);
        assertEquals(1, said.lines().count(), said);
    }

    private int run(String... words) {
        return CommandLine.run(
                List.of(words),
                () -> data,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private void assertRefused(int code, String line, String... words) {
        err.reset();
        assertEquals(code, run(words));
        assertEquals("parley: " + line + System.lineSeparator(), err.toString(StandardCharsets.UTF_8));
    }
}
