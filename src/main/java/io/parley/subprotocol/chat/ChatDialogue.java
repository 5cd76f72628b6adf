package io.parley.subprotocol.chat;

import io.parley.access.Refusal;
import io.parley.delivery.CloseReason;
import io.parley.delivery.Command;
import io.parley.delivery.Dialogue;
import io.parley.delivery.Event;
import io.parley.delivery.Inbound;
import io.parley.delivery.Reply;
import io.parley.delivery.Request;
import io.parley.room.RoomName;
import io.parley.text.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** One person's side of {@code chat}: remembers the room that they are in. Confined to its connection. */
final class ChatDialogue implements Dialogue {
    private static final String HELP = "* /join ROOM, /rooms, /who, /history [N], /nick NAME, /me ACTION, /help, /quit;"
            + " anything else is said to the room";

    private final LineReader lines;
    private final Optional<String> wishedRoom;
    private Optional<RoomName> current = Optional.empty();

    ChatDialogue(LineReader lines, Optional<String> wishedRoom) {
        this.lines = lines;
        this.wishedRoom = wishedRoom;
    }

    @Override
    public List<Request> opening() {
        List<Request> requests = new ArrayList<>();
        requests.add(Request.of(Command.Hello.empty()));
        try {
            requests.add(
                    Request.of(new Command.Enter(wishedRoom.map(RoomName::parse).orElse(RoomName.LOBBY))));
        } catch (InvalidInput e) {
            requests.add(Request.invalid(OptionalLong.empty(), Refusal.of(e)));
            requests.add(Request.of(new Command.Enter(RoomName.LOBBY)));
        }
        return requests;
    }

    @Override
    public List<Request> decode(Inbound message) {
        return message instanceof Inbound.Text text
                ? List.of(lines.read(text.value(), current))
                : List.of(Request.of(new Command.Broken(CloseReason.UNSUPPORTED_DATA)));
    }

    @Override
    public List<byte[]> encode(Request request, Reply reply) {
        if (reply instanceof Reply.Joined joined) {
            current = Optional.of(joined.room());
        }
        return lines(reply).stream().map(Chat::utf8).toList();
    }

    @Override
    public Optional<byte[]> goodbye(Event.Bye bye) {
        return Optional.of(Chat.goodbye(bye));
    }

    private static List<String> lines(Reply reply) {
        if (reply instanceof Reply.Posted || reply instanceof Reply.Pong || reply instanceof Reply.Noted) {
            // One's own message comes as everybody's does.
            return List.of();
        }
        if (reply instanceof Reply.Failed failed) {
            return List.of("! " + failed.refusal().message());
        }
        if (reply instanceof Reply.Welcome welcome) {
            return List.of("* welcome, " + welcome.you().name() + "; /help lists what you can do");
        }
        if (reply instanceof Reply.Joined joined) {
            String topic = joined.topic().isEmpty() ? "" : "; topic: " + Chat.indented(joined.topic());
            return List.of("* you are in " + joined.room() + ", here: "
                    + joined.present().count() + topic);
        }
        if (reply instanceof Reply.Named named) {
            return List.of("* you are now " + named.you().name());
        }
        return lists(reply);
    }

    private static List<String> lists(Reply reply) {
        if (reply instanceof Reply.RoomList list) {
            String names = list.rooms().stream()
                    .map(listed -> listed.room().name())
                    .map(RoomName::value)
                    .collect(Collectors.joining(", "));
            return List.of("* rooms: " + names + (list.more() ? ", …" : ""));
        }
        if (reply instanceof Reply.WhoIsThere who) {
            String names = Chat.names(who.present().users());
            return List.of("* in " + who.room() + ": "
                    + (names.isEmpty() ? who.present().count() : names));
        }
        if (reply instanceof Reply.Messages messages) {
            List<String> lines = new ArrayList<>();
            lines.add("* the last messages in " + messages.page().room().name() + ": "
                    + messages.page().messages().size());
            messages.page().messages().forEach(standing -> lines.add(Chat.line(standing.message())));
            return lines;
        }
        if (reply instanceof Reply.Helped) {
            return List.of(HELP);
        }
        throw new IllegalStateException("no rule for " + reply.getClass());
    }
}
