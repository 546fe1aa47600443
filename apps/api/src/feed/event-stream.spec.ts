import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import express, { type Response } from 'express';
import { expect, it } from 'vitest';
import { EventStream } from './event-stream';

const event = { data: 'x'.repeat(1_000_000) };

/** A stream to a client of whom nothing is known but that it has asked. */
async function withStream(limitMs: number, test: (stream: EventStream, client: Socket) => Promise<void>): Promise<void> {
  const app = express();
  const stream = new Promise<EventStream>((resolve) =>
    app.get('/', (_, response: Response) => resolve(new EventStream(response, new AbortController().signal, limitMs))),
  );
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1', () => client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
  client.on('error', () => undefined);
  try {
    await test(await stream, client);
  } finally {
    client.destroy();
    server.close();
  }
}

it('ends when its client does not read', () =>
  withStream(50, async (stream, client) => {
    client.pause();
    for (let sent = 0; sent < 100 && !stream.closed.aborted; sent++) await stream.send([event]);
    expect(stream.closed.aborted).toBe(true);
  }));

it('goes on while its client reads', () =>
  withStream(60_000, async (stream, client) => {
    let bytes = 0;
    client.on('data', (chunk) => (bytes += chunk.length));
    for (let sent = 0; sent < 20; sent++) await stream.send([event]);
    expect(stream.closed.aborted).toBe(false);
    await expect.poll(() => bytes).toBeGreaterThan(20_000_000);
    stream.end();
  }));
