package io.parley.subprotocol.chat;

import io.parley.access.ErrorCode;
import io.parley.access.Refusal;
import io.parley.config.Limits;
import io.parley.delivery.Command;
import io.parley.delivery.Request;
import io.parley.identity.UserName;
import io.parley.room.Content;
import io.parley.room.RoomName;
import io.parley.room.Style;
import io.parley.text.InvalidInput;
import io.parley.text.TextRules;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one line of talk as a command (protocol §3). Immutable. */
final class LineReader {
    private static final int HISTORY = 20;

    private final Limits limits;

    LineReader(Limits limits) {
        this.limits = limits;
    }

    /**
     * Never throws: what cannot be understood becomes a {@link Command.Invalid}.
     *
     * @param current the room that is talked in; empty when there is none
     */
    Request read(String line, Optional<RoomName> current) {
        try {
            return Request.of(command(line, current));
        } catch (InvalidInput e) {
            return Request.invalid(OptionalLong.empty(), Refusal.of(e));
        }
    }

    private Command command(String line, Optional<RoomName> current) {
        if (!line.startsWith("/")) {
            return post(here(current), line, Style.PLAIN);
        }
        if (line.startsWith("//")) {
            return post(here(current), line.substring(1), Style.PLAIN);
        }
        String[] words = line.strip().split("\\s+", 2);
        String argument = words.length > 1 ? words[1] : "";
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "/join" -> new Command.Enter(RoomName.parse(needed(argument, "room", "/join ROOM")));
            case "/rooms" -> new Command.ListRooms(false, Optional.empty(), limits.page());
            case "/who" -> new Command.Who(here(current));
            case "/history" -> new Command.Before(here(current), Long.MAX_VALUE, count(argument));
            case "/nick" -> new Command.SetName(UserName.parse(needed(argument, "name", "/nick NAME")));
            case "/me" -> post(here(current), needed(argument, "text", "/me ACTION"), Style.ACTION);
            case "/help" -> new Command.Help();
            case "/quit" -> new Command.Quit();
            default ->
                new Command.Invalid(Refusal.of(
                        ErrorCode.UNKNOWN_COMMAND,
                        "no such command; /help lists them, and // says something that begins with /"));
        };
    }

    private Command post(RoomName room, String text, Style style) {
        TextRules.check("text", text, limits.textLength());
        if (text.isBlank()) {
            throw new InvalidInput("text", "there is nothing in the text");
        }
        return new Command.Post(room, new Content(text, style), Optional.empty());
    }

    private int count(String argument) {
        if (argument.isEmpty()) {
            return Math.min(HISTORY, limits.page());
        }
        try {
            int count = Integer.parseInt(argument);
            if (count >= 1 && count <= limits.page()) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw new InvalidInput("limit", "/history takes a number from 1 to " + limits.page());
    }

    private static RoomName here(Optional<RoomName> current) {
        return current.orElseThrow(() -> new InvalidInput("room", "you are in no room; /join ROOM enters one"));
    }

    private static String needed(String argument, String field, String form) {
        if (argument.isBlank()) {
            throw new InvalidInput(field, "say it whole: " + form);
        }
        return argument;
    }
}
