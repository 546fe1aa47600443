import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { listeningInodes, requireFreePort } from './ports';

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4242 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1F90 0100007F:C000 01 00000000:00000000 00:00000000 00000000     0        0 4343 1 0000000000000000 100 0 0 10 0
   2: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4444 1 0000000000000000 100 0 0 10 0
`;

it('finds who listens, not who is connected', () => {
  expect(listeningInodes(table, 8080)).toEqual(['4242']);
  expect(listeningInodes(table, 8081)).toEqual([]);
});

it('names the process that has the port, and the way out', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await expect(requireFreePort(port, 'API', '--api-port')).rejects.toThrow(
    new RegExp(`port ${port}.*process ${process.pid}: .*--api-port ${port + 1}`),
  );
  server.close();
  await once(server, 'close');
  await expect(requireFreePort(port, 'API', '--api-port')).resolves.toBeUndefined();
});
