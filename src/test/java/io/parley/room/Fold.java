package io.parley.room;

import io.parley.identity.User;
import io.parley.identity.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A log gone through from its first entry: what stands at its end. Immutable; it keeps no counts, so it can be trusted with them. */
public final class Fold {
    private final List<Entry> entries;
    private final UserId reader;

    public Fold(List<Entry> entries, UserId reader) {
        this.entries = List.copyOf(entries);
        this.reader = reader;
    }

    /** What a deletion takes back goes from the list. */
    static void erase(List<Entry> entries, long message) {
        entries.replaceAll(entry -> entry.seq() == message || (entry instanceof Entry.Edit edit && edit.of() == message)
                ? entry.erased()
                : entry);
    }

    RoomLog.Messages page(RoomInfo room, Predicate<Content> which, long before, int limit, int weight) {
        List<StandingMessage> found = new ArrayList<>();
        int left = weight;
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i) instanceof Entry.Message message
                    && message.seq() < before
                    && which.test(message.content())) {
                StandingMessage standing = message(message.seq()).orElseThrow();
                left -= standing.weight();
                if (found.size() == limit || (left < 0 && !found.isEmpty())) {
                    return new RoomLog.Messages(room, found, true);
                }
                found.add(0, standing);
            }
        }
        return new RoomLog.Messages(room, found, false);
    }

    /** A message as it stands at the end. */
    public Optional<StandingMessage> message(long seq) {
        Optional<Entry.Message> message = posted(seq);
        if (message.isEmpty()) {
            return Optional.empty();
        }
        long replies = entries.stream()
                .filter(entry -> entry instanceof Entry.Message other
                        && other.content().thread().equals(OptionalLong.of(seq)))
                .count();
        if (message.get().deleted()) {
            return Optional.of(
                    new StandingMessage(message.get(), Optional.empty(), new TreeMap<>(), replies, List.of()));
        }
        Optional<Entry.Edit> edit = lastEdit(seq);
        Entry.Message now = edit.map(last -> message.get().edited(last.text().orElseThrow(), last.mentions()))
                .orElse(message.get());
        Map<String, Entry.Reaction> last = lastReactions(seq);
        SortedMap<Emoji, Integer> counts = new TreeMap<>();
        last.values().stream().filter(Entry.Reaction::on).forEach(on -> counts.merge(on.emoji(), 1, Integer::sum));
        List<Emoji> mine = last.values().stream()
                .filter(reaction -> reaction.on() && reaction.from().id().equals(reader))
                .map(Entry.Reaction::emoji)
                .sorted()
                .toList();
        return Optional.of(new StandingMessage(now, edit.map(Entry.Edit::at), counts, replies, mine));
    }

    Optional<RoomLog.Target> target(long seq, Map<UserId, Integer> authors) {
        return message(seq)
                .map(standing -> new RoomLog.Target(
                        author(standing.message().from(), authors),
                        standing.message().content().text(),
                        lastEdit(seq).map(edit -> OptionalLong.of(edit.seq())).orElse(OptionalLong.empty()),
                        entries.stream()
                                .filter(entry -> entry instanceof Entry.Delete delete && delete.of() == seq)
                                .mapToLong(Entry::seq)
                                .findFirst(),
                        standing.message().content().thread().isEmpty(),
                        (int) lastReactions(seq).values().stream()
                                .filter(Entry.Reaction::on)
                                .map(Entry.Reaction::emoji)
                                .distinct()
                                .count()));
    }

    /** The reader's last word about a sign. */
    Optional<RoomLog.Reacted> reacted(long of, Emoji emoji) {
        return Optional.ofNullable(lastReactions(of).get(reader + " " + emoji))
                .map(reaction -> new RoomLog.Reacted(reaction.seq(), reaction.on()));
    }

    private static long author(User user, Map<UserId, Integer> authors) {
        return authors.getOrDefault(user.id(), -1);
    }

    private Optional<Entry.Message> posted(long seq) {
        return seq >= 1 && seq <= entries.size() && entries.get((int) seq - 1) instanceof Entry.Message message
                ? Optional.of(message)
                : Optional.empty();
    }

    private Optional<Entry.Edit> lastEdit(long of) {
        Optional<Entry.Edit> last = Optional.empty();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Edit edit && edit.of() == of) {
                last = Optional.of(edit);
            }
        }
        return last;
    }

    /** By who and which sign. */
    private Map<String, Entry.Reaction> lastReactions(long of) {
        Map<String, Entry.Reaction> last = new HashMap<>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Reaction reaction && reaction.of() == of) {
                last.put(reaction.from().id() + " " + reaction.emoji(), reaction);
            }
        }
        return last;
    }
}
