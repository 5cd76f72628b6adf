// A person with npm's ws and subprotocol chat, who reads: chat.mjs CHAT ROOM COUNT; or writes: chat.mjs CHAT ROOM NAME FROM TO
// Who reads prints "ready" and then every text once; on a new connection they ask for what was said before, and go on from there. Who writes
// awaits their own words.
import WebSocket from 'ws';

const [chat, room, ...rest] = process.argv.slice(2);
const [name, from, to] = rest.length > 1 ? rest : [];
const heard = new Set();
let next = Number(from);
let first;
let waiting = false;

function read(socket, text) {
  first ??= text;
  // What is said meanwhile may come before what was said before; that begins with the very first, and has all of it.
  if (text === first) waiting = false;
  if (waiting || heard.has(text)) return;
  heard.add(text);
  process.stdout.write(`${text}\n`, () => heard.size >= Number(rest[0]) && process.exit(0));
}

function write(socket, text) {
  if (text !== `${name}-${next}`) return;
  next++;
  if (next > Number(to)) process.exit(0);
  socket.send(`${name}-${next}`);
}

function connect() {
  const socket = new WebSocket(`${chat}?room=${room}`, 'chat');
  socket.on('open', () => {
    waiting = first !== undefined;
    if (name) socket.send(`${name}-${next}`);
    else if (waiting) socket.send('/history 1000');
  });
  socket.on('message', (line) => {
    if (!name && !first && line.toString().startsWith('* you are in')) console.log('ready');
    const said = /^[^:*!]+: (\S+)$/.exec(line.toString());
    if (said) (name ? write : read)(socket, said[1]);
  });
  socket.on('error', () => {});
  socket.on('close', () => (name ? process.exit(1) : setTimeout(connect, 200)));
}

connect();
