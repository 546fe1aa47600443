import { patience } from './emulation';
import { outcome } from './server';

/** How many seconds an answer is waited for that is to come: long, as a machine that does much else may take its time. */
export const patiently = 30 * patience;
/** And one that is not to come: more of them would only tell the same later. */
export const briefly = 2;

/** What the HTTP server at an address (`HOST[:PORT]`, IPv6 in brackets) answers; `failed: …` when there is no answer. `enter`: the command that brings what follows into the namespace. */
export const curl = (enter: string[], address: string, seconds = patiently): string =>
  outcome([...enter, 'curl', '-sS', '-g', '--max-time', String(seconds), `http://${address}/`]);

/** Whether the one echo request that is sent is answered: the first packet is not to be lost. */
export const pings = (enter: string[], address: string, seconds = patiently): boolean =>
  outcome([...enter, 'ping', '-c1', `-W${seconds}`, address]).includes(' 1 received');
