package io.parley.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes the headers of proxies apart, into hops, the nearest first. Stateless. */
final class Hops {
    private static final int MOST_CHARACTERS = 4_096;
    private static final int MOST_HOPS = 50;

    /** A pair, and what follows it (RFC 7239 §4). */
    private static final Pattern PAIR = Pattern.compile(
            "\\s*(?:([!#$%&'*+.^_`|~\\w-]+)=([!#$%&'*+.^_`|~\\w:\\[\\]-]+|\"(?:[^\"\\\\]|\\\\.)*+\")\\s*)?(;|,|$)");

    private Hops() {}

    /** Those of the usual headers; empty when they are too long. */
    static Optional<List<Hop>> usual(List<String> chain, List<String> protocols, List<String> hosts) {
        if (areTooLong(chain) || areTooLong(protocols) || areTooLong(hosts)) {
            return Optional.empty();
        }
        List<String> from = words(chain);
        List<String> by = words(protocols);
        List<String> named = words(hosts);
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < Math.max(1, from.size()); i++) {
            hops.add(new Hop(from.isEmpty() ? "" : nth(from, i), nth(by, i), nth(named, i)));
        }
        return hops.size() > MOST_HOPS ? Optional.empty() : Optional.of(hops);
    }

    /** Those of the standard one; empty when it is too long or malformed. */
    static Optional<List<Hop>> standard(List<String> values) {
        if (areTooLong(values)) {
            return Optional.empty();
        }
        String all = String.join(",", values);
        Matcher pair = PAIR.matcher(all);
        List<Hop> hops = new ArrayList<>();
        Map<String, String> element = new HashMap<>();
        int at = 0;
        while (pair.region(at, all.length()).lookingAt()) {
            if (pair.group(1) != null
                    && element.put(pair.group(1).toLowerCase(Locale.ROOT), unquoted(pair.group(2))) != null) {
                return Optional.empty();
            }
            if (!pair.group(3).equals(";") && !element.isEmpty()) {
                hops.add(0, new Hop(said(element, "for"), said(element, "proto"), said(element, "host")));
                element.clear();
            }
            if (pair.group(3).isEmpty()) {
                return hops.size() > MOST_HOPS ? Optional.empty() : Optional.of(hops);
            }
            at = pair.end();
        }
        return Optional.empty();
    }

    private static boolean areTooLong(List<String> values) {
        return values.stream().mapToInt(String::length).sum() > MOST_CHARACTERS;
    }

    private static List<String> words(List<String> values) {
        return values.stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(word -> unquoted(word.strip()))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toList());
    }

    /** The i-th from the right; where fewer were said than there were hops, the one that was said first holds for all before. */
    private static String nth(List<String> words, int i) {
        return words.isEmpty() ? "" : words.get(Math.max(0, words.size() - 1 - i));
    }

    private static String said(Map<String, String> element, String name) {
        return element.getOrDefault(name, "");
    }

    private static String unquoted(String word) {
        return word.length() > 1 && word.startsWith("\"") && word.endsWith("\"")
                ? word.substring(1, word.length() - 1).replaceAll("\\\\(.)", "$1")
                : word;
    }
}
