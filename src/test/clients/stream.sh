#!/bin/sh
# Follows a room by curl: stream.sh EVENTS AT COUNT
# Prints "seq text" of each message, and ends when it has as many. A batch counts once the id after it has come.
events=$1 at=$2 count=$3
state=$(mktemp) && trap 'rm -f "$state"' EXIT
printf '%s\n' "$at" > "$state"
seen=0
while [ "$seen" -lt "$count" ]; do
  at=$(cat "$state")
  curl -sN -H 'Accept: text/event-stream' -H "Last-Event-ID: $at" "$events" | {
    batch=
    while IFS= read -r line; do
      case $line in
        'data: {"type":"message"'*)
          entry=$(printf '%s' "$line" | sed -E 's/^.*"seq":([0-9]+),.*"text":"([^"]*)".*$/\1 \2/')
          batch="$batch$entry
" ;;
        'id: '*)
          printf '%s' "$batch"
          batch=
          printf '%s\n' "${line#id: }" > "$state"
          [ "${line##*:}" -ge "$count" ] && exit ;;
      esac
    done
  }
  at=$(cat "$state")
  seen=${at##*:}
  [ "$seen" -ge "$count" ] || sleep 0.2
done
