package io.parley.subprotocol.superchat;

import io.parley.config.Limits;
import io.parley.delivery.Command;
import io.parley.delivery.Dialogue;
import io.parley.delivery.Event;
import io.parley.delivery.JsonForm;
import io.parley.delivery.Opening;
import io.parley.delivery.Reply;
import io.parley.delivery.ServerInfo;
import io.parley.delivery.Subprotocol;
import io.parley.room.Entry;
import io.parley.room.RoomName;
import io.parley.text.JsonInput;
import io.parley.text.JsonText;
import java.util.Optional;

/** The subprotocol {@code superchat}: one JSON object a line (protocol §4). Immutable. */
public final class Superchat implements Subprotocol, JsonForm {
    private final Limits limits;
    private final ServerInfo server;

    public Superchat(Limits limits, ServerInfo server) {
        this.limits = limits;
        this.server = server;
    }

    @Override
    public String name() {
        return "superchat";
    }

    @Override
    public boolean joinsLines() {
        return true;
    }

    @Override
    public int helloSeconds() {
        return limits.helloSeconds();
    }

    @Override
    public Dialogue open(Opening opening) {
        return new SuperchatDialogue(new CommandReader(limits), new ReplyWriter(limits, server));
    }

    @Override
    public Command.Post post(RoomName room, JsonInput message) {
        return EntryCommands.post(room, message, limits);
    }

    @Override
    public byte[] body(Reply reply) {
        return new ReplyWriter(limits, server).body(reply);
    }

    @Override
    public byte[] encode(RoomName room, Entry entry) {
        JsonText out = new JsonText();
        EntryWriter.entry(out, room, entry);
        return out.utf8();
    }

    @Override
    public Optional<byte[]> encode(Event event) {
        return Optional.of(EventWriter.write(event));
    }
}
