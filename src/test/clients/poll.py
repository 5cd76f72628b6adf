"""Follows a room by Python's own urllib: poll.py EVENTS AT COUNT

Prints "seq text" of each message, and ends when it has as many."""
import json, sys, time, urllib.error, urllib.parse, urllib.request

events, at, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
seen = 0
while seen < count:
    try:
        with urllib.request.urlopen(f"{events}?wait=25&at={urllib.parse.quote(at)}", timeout=60) as answer:
            polled = json.load(answer)
    except (OSError, ValueError) as gone:  # what urllib makes of a server that is not there, or goes
        time.sleep(0.2)
        continue
    for room in polled["rooms"].values():
        for event in room["entries"]:
            if event["type"] == "message":
                seen += 1
                print(event["seq"], event["text"], flush=True)
    at = polled["at"]
    time.sleep(polled.get("retryAfter", 0) / 1000)
