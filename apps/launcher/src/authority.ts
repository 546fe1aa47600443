import { readFileSync } from 'node:fs';
import { Agent, fetch } from 'undici';
import { Failure } from './failure';

/** Whether the API was told to listen with a certificate. */
export const speaksTls = Boolean(process.env['NETYARD_TLS_CERTIFICATE_FILE']);

/** The authorities that its certificate may come from, where they are not those that Node.js knows. */
export const apiCaFile = process.env['NETYARD_API_CA_FILE'] || undefined;

let agent: Agent | undefined;

/** A request to what the launcher has started, a GET unless `more` says otherwise. Throws the network's error, and Failure for authorities that cannot be read. */
export async function ask(url: string, more: Parameters<typeof fetch>[1] = {}): Promise<{ ok: boolean; status: number; text: string }> {
  agent ??= new Agent({ connect: apiCaFile === undefined ? {} : { ca: read(apiCaFile) } });
  const answer = await fetch(url, { ...more, signal: AbortSignal.timeout(5000), dispatcher: agent });
  return { ok: answer.ok, status: answer.status, text: await answer.text() };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure(`NETYARD_API_CA_FILE names ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
