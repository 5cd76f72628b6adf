package io.parley.subprotocol.superchat;

import io.parley.access.ErrorCode;
import io.parley.access.Refusal;
import io.parley.delivery.Dialogue;
import io.parley.delivery.Event;
import io.parley.delivery.Inbound;
import io.parley.delivery.Reply;
import io.parley.delivery.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One client's side of {@code superchat}. Immutable: every line stands for itself. */
final class SuperchatDialogue implements Dialogue {
    private final CommandReader commands;
    private final ReplyWriter replies;

    SuperchatDialogue(CommandReader commands, ReplyWriter replies) {
        this.commands = commands;
        this.replies = replies;
    }

    @Override
    public List<Request> opening() {
        return List.of();
    }

    @Override
    public List<Request> decode(Inbound message) {
        if (!(message instanceof Inbound.Text text)) {
            return List.of(Request.invalid(
                    OptionalLong.empty(),
                    Refusal.of(
                            ErrorCode.UNKNOWN_COMMAND, "commands are sent as text; attachments are not taken here")));
        }
        List<Request> requests = new ArrayList<>(1);
        // Not String.lines(): a carriage return is white space of JSON and ends no line (RFC 8259 §2).
        String lines = text.value();
        for (int begin = 0; begin <= lines.length(); ) {
            int newline = lines.indexOf('\n', begin);
            int end = newline < 0 ? lines.length() : newline;
            String line = lines.substring(begin, end);
            if (!line.isBlank()) {
                requests.add(commands.read(line));
            }
            begin = end + 1;
        }
        return requests;
    }

    @Override
    public List<byte[]> encode(Request request, Reply reply) {
        // Who gave no id wants no answer, unless it failed (protocol §4).
        return request.id().isEmpty() && !(reply instanceof Reply.Failed)
                ? List.of()
                : List.of(replies.write(request.id(), reply));
    }

    @Override
    public Optional<byte[]> goodbye(Event.Bye bye) {
        return Optional.of(EventWriter.write(bye));
    }
}
