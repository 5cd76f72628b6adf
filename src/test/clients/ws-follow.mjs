// Follows a room by npm's ws, subprotocol superchat: ws-follow.mjs CHAT AT COUNT
// AT is ROOM@EPOCH:SEQ. Prints "seq text" of each message, and ends when it has as many. A lost connection is taken up where it ended.
import WebSocket from 'ws';

const [chat, at, count] = process.argv.slice(2);
const [, room, epoch, from] = /^(.*)@(.*):(\d+)$/.exec(at);
let after = Number(from);

function take(event) {
  if (event.type !== 'message') return;
  after = event.seq;
  process.stdout.write(`${event.seq} ${event.text}\n`, () => after >= Number(count) && process.exit(0));
}

function connect() {
  const socket = new WebSocket(chat, 'superchat');
  socket.on('open', () => socket.send(JSON.stringify({ do: 'join', id: 1, room, epoch, after })));
  socket.on('message', (lines) => {
    for (const line of lines.toString().split('\n')) take(JSON.parse(line));
  });
  socket.on('error', () => {});
  socket.on('close', () => setTimeout(connect, 200));
}

connect();
