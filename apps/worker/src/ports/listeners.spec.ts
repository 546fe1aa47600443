import { expect, it } from 'vitest';
import { parseSctpListeners } from './listeners';

it('SCTP endpoints that listen are read with each of their addresses', () => {
  const table = [
    ' ENDPT     SOCK   STY SST HBKT LPORT   UID INODE LADDRS',
    '0000000000000000 0000000000000000 2   10  29   5000      0 44001 0.0.0.0 ',
    '0000000000000000 0000000000000000 0   7   30   5001      0 44002 192.0.2.1 ',
    '0000000000000000 0000000000000000 2   10  31   5002   1000 44003 192.0.2.1 2001:db8:0000:0000:0000:0000:0000:0001 ',
    '',
  ].join('\n');
  expect(parseSctpListeners(table)).toEqual([
    { address: '0.0.0.0', port: 5000, inode: '44001' },
    { address: '192.0.2.1', port: 5002, inode: '44003' },
    { address: '2001:db8::1', port: 5002, inode: '44003' },
  ]);
});
