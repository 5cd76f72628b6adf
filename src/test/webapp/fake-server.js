// @ts-check
/** A server as the ways by request see it, which a test answers for: what ways.js and requests.js try them with. */
import { pollWay } from '/js/connection/poll-way.js';
import { sseWay } from '/js/connection/sse-way.js';
import { FakeClock } from './tools.js';

export const BASE = new URL('http://localhost/talk/');

/** A server as `fetch` sees it: what is asked waits for the test to answer. */
export function fakeServer() {
  const asked = [];
  const fetch = (url, { body, headers, signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError')));
      const one = {
        door: url.pathname, search: url.search, headers, signal, body,
        lines: () => body.split('\n').map((line) => JSON.parse(line)),
        json: () => JSON.parse(body),
        with: (status, text, type = 'application/json') => resolve(new Response(text, { status, headers: { 'Content-Type': type } })),
        oks: (...oks) => one.with(200, one.lines().map(({ id }, i) => JSON.stringify({ re: id, ok: oks[i] ?? {} })).join('\n')),
        streams: () => {
          let pieces;
          resolve(new Response(new ReadableStream({ start: (controller) => (pieces = controller) })));
          signal.addEventListener('abort', () => pieces.error(signal.reason));
          one.end = () => pieces.close();
          one.cuts = () => pieces.error(new TypeError('cut off'));
          one.writes = (...events) => pieces.enqueue(new TextEncoder().encode(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')));
        },
        breaks: () => reject(new TypeError('no network')),
      };
      asked.push(one);
    });
  return { asked, fetch };
}

/** Lets everything that waits for nothing but its turn happen. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

export async function opened(way) {
  const socket = way.open();
  const heard = [];
  socket.onmessage = ({ data }) => heard.push(...data.split('\n').map((line) => JSON.parse(line)));
  socket.onclose = (ending) => (socket.ending = ending);
  await settled();
  return { socket, heard, sends: (command) => socket.send(JSON.stringify(command)) };
}

/** An event stream's way, welcomed and with a room joined. */
export async function streaming() {
  const server = fakeServer();
  const clock = new FakeClock();
  const line = await opened(sseWay(BASE, clock, 'c', server.fetch));
  line.sends({ do: 'hello', id: 1 });
  await settled();
  server.asked[0].oks({ you: {}, token: 'pg_1' });
  await settled();
  server.asked[1].streams();
  await settled();
  server.asked[1].writes({ type: 'joined', room: 'lobby', complete: true });
  await settled();
  line.sends({ do: 'join', id: 2, room: 'r', last: 50 });
  await settled();
  server.asked[2].oks({ room: 'r', epoch: 'e', head: 7, complete: false, messages: [] });
  await settled();
  return { ...line, server, clock };
}

/** A way by polls with one room joined, and the poll that waits. */
export async function polling() {
  const server = fakeServer();
  const clock = new FakeClock();
  const line = await opened(pollWay(BASE, clock, 'c', server.fetch));
  line.sends({ do: 'join', id: 1, room: 'r', last: 50 });
  await settled();
  server.asked[0].oks({ room: 'r', epoch: 'e', head: 7, complete: false });
  await settled();
  return { ...line, server, clock };
}
