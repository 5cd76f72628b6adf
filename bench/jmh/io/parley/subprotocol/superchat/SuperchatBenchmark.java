package io.parley.subprotocol.superchat;

import io.parley.config.Limits;
import io.parley.delivery.Command;
import io.parley.delivery.Inbound;
import io.parley.delivery.Reply;
import io.parley.delivery.Request;
import io.parley.delivery.ServerInfo;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.room.Content;
import io.parley.room.Entry;
import io.parley.room.MessageKey;
import io.parley.room.RoomName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What one post costs in words: the command read, its reply and its event written. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SuperchatBenchmark {
    private static final RoomName ROOM = new RoomName("lobby");
    private static final Limits LIMITS = Limits.defaults();
    private static final ServerInfo SERVER = new ServerInfo("parley", "1.0", "n1");

    @Param({"plain", "quoted", "chinese"})
    private String kind = "plain";

    private final Superchat superchat = new Superchat(LIMITS, SERVER);
    private final SuperchatDialogue dialogue =
            new SuperchatDialogue(new CommandReader(LIMITS), new ReplyWriter(LIMITS, SERVER));
    private final Instant at = Instant.parse("2026-11-21T12:00:00.123Z");
    private final User author = User.guest(new UserId("g1"), new UserName("Ann"));

    @Benchmark
    public List<Request> readAPost() {
        return dialogue.decode(new Inbound.Text("{\"do\":\"post\",\"id\":7,\"room\":\"lobby\",\"key\":\"AAECAwQFBgcICQoLDA0ODw\",\"text\":\""
                + escaped() + "\"}"));
    }

    @Benchmark
    public byte[] writeAMessage() {
        return superchat.encode(
                ROOM,
                new Entry.Message(
                        7,
                        at,
                        author,
                        Content.plain(text()),
                        Optional.of(new MessageKey("AAECAwQFBgcICQoLDA0ODw")),
                        false));
    }

    @Benchmark
    public List<byte[]> writeAReply() {
        return dialogue.encode(
                new Request(OptionalLong.of(7), new Command.Ping()),
                new Reply.Posted(7, at, false));
    }

    private String text() {
        return switch (kind) {
            case "quoted" -> "\"quoted\" and a \n newline, again ".repeat(4);
            case "chinese" -> "\u4f60\u597d\uff0c\u4e16\u754c ".repeat(20);
            default -> "a message as people write it ".repeat(4);
        };
    }

    private String escaped() {
        return text().replace("\"", "\\\"").replace("\n", "\\n");
    }
}
