#!/bin/sh
# Publishes by curl: post.sh FORM ADDRESS SECRET NAME COUNT
# FORM is json or text. Posts NAME-1 to NAME-COUNT, each under itself as key, and again until it is acknowledged; waits in the middle for a
# line of input.
form=$1 address=$2 secret=$3 name=$4 count=$5
i=0
while [ "$i" -lt "$count" ]; do
  i=$((i + 1))
  [ "$i" -eq $((count / 2 + 1)) ] && read -r _
  if [ "$form" = json ]; then
    type=application/json body="{\"text\":\"$name-$i\"}"
  else
    type=text/plain body=$name-$i
  fi
  until curl -sf -o /dev/null -m 20 -H "Authorization: Bearer $secret" -H "Content-Type: $type" -H "Idempotency-Key: \"$name-$i\"" -d "$body" "$address"; do
    sleep 0.2
  done
done
