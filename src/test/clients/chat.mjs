// A person with npm's ws and subprotocol chat, who reads: chat.mjs CHAT ROOM COUNT; or writes: chat.mjs CHAT ROOM NAME FROM TO
// Who reads prints "ready" and then every text once; on a new connection they ask for what was said before, and go on from there. Who writes
// awaits their own words.
import WebSocket from 'ws';

const [chat, room, ...rest] = process.argv.slice(2);
const [name, from, to] = rest.length > 1 ? rest : [];
const heard = new Set();
let next = Number(from);
/** What was said before, on a new connection, with what is said meanwhile; null once it is all there. */
let before = null;

function catchUp(socket) {
  before = [];
  socket.send('/history 1000');
  socket.send('/that-is-all');
}

/** The first ever begins the history; what came before it was said meanwhile, and may be too new for it. */
function caughtUp(socket) {
  const begin = before.indexOf([...heard][0]);
  const all = before.slice(begin);
  if (begin < 0 || !before.slice(0, begin).every((text) => all.includes(text))) return catchUp(socket);
  before = null;
  all.forEach((text) => read(socket, text));
}

function read(socket, text) {
  if (before) return before.push(text);
  if (heard.has(text)) return;
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
    if (name) socket.send(`${name}-${next}`);
    else if (heard.size > 0) catchUp(socket);
  });
  socket.on('message', (line) => {
    if (before && line.toString().startsWith('! ')) caughtUp(socket);
    if (!name && heard.size === 0 && line.toString().startsWith('* you are in')) console.log('ready');
    const said = /^[^:*!]+: (\S+)$/.exec(line.toString());
    if (said) (name ? write : read)(socket, said[1]);
  });
  socket.on('error', () => {});
  socket.on('close', () => (name ? process.exit(1) : setTimeout(connect, 200)));
}

connect();
