"""Posts to an incoming webhook as to Slack's, by Python's own urllib: hook.py ADDRESS NAME COUNT

Posts NAME-1 to NAME-COUNT, each under itself as key, and again until it is acknowledged; waits in the middle for a line of input."""
import json, sys, time, urllib.request

address, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])


def accepted(text):
    body = json.dumps({"text": text}).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": f'"{text}"'}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=20) as answer:
            return answer.read() == b"ok"
    except OSError:  # what urllib makes of a server that is not there, or goes
        return False


for i in range(1, count + 1):
    if i == count // 2 + 1:
        sys.stdin.readline()
    while not accepted(f"{name}-{i}"):
        time.sleep(0.2)
