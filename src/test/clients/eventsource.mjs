// Follows a room by npm's eventsource, which comes back by itself: eventsource.mjs EVENTS AT COUNT
// Prints "seq text" of each message, and ends when it has as many.
import { EventSource } from 'eventsource';

const [events, at, count] = process.argv.slice(2);
const source = new EventSource(`${events}?at=${encodeURIComponent(at)}`);
let last = 0;

source.onmessage = ({ data }) => {
  const event = JSON.parse(data);
  // What came after the last id comes again to who lost the stream before the next one.
  if (event.type !== 'message' || event.seq <= last) return;
  last = event.seq;
  process.stdout.write(`${event.seq} ${event.text}\n`);
  if (last >= Number(count)) source.close();
};
source.onerror = ({ code }) => {
  if (source.readyState === EventSource.CLOSED) {
    process.stderr.write(`closed with ${code}\n`);
    process.exit(1);
  }
};
