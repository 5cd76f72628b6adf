// Posts by npm's ws, subprotocol superchat: ws-post.mjs CHAT ROOM NAME COUNT
// Posts NAME-1 to NAME-COUNT, each under itself as key, and again on the next connection until it is acknowledged; waits in the middle
// for a line of input.
import { once } from 'node:events';
import WebSocket from 'ws';

const [chat, room, name, count] = process.argv.slice(2);
let token;
let next = 1;

function connect() {
  const socket = new WebSocket(chat, 'superchat');
  const say = (command) => socket.send(JSON.stringify(command));
  const post = () => say({ do: 'post', id: next, room, text: `${name}-${next}`, key: `${name}-${next}` });
  socket.on('open', () => say({ do: 'hello', id: 0, ...(token ? { token } : { name }) }));
  socket.on('message', async (lines) => {
    for (const line of lines.toString().split('\n')) {
      const { re, ok, error } = JSON.parse(line);
      if (re === 0) {
        token = ok.token ?? token;
        post();
      } else if (re === next && ok) {
        next++;
        if (next > Number(count)) return process.exit(0);
        if (next === count / 2 + 1) await once(process.stdin, 'data');
        if (socket.readyState === WebSocket.OPEN) post();
      } else if (error) {
        console.error(line);
        socket.close();
      }
    }
  });
  socket.on('error', () => {});
  socket.on('close', () => setTimeout(connect, 200));
}

connect();
