import { readFileSync } from 'node:fs';
import { Agent, fetch } from 'undici';
import { Failure } from './failure';

/** Whether the API was told to listen with a certificate. */
export const speaksTls = Boolean(process.env['NETYARD_TLS_CERTIFICATE_FILE']);

/** The authorities that its certificate may come from, where they are not those that Node.js knows. */
export const apiCaFile = process.env['NETYARD_API_CA_FILE'] || undefined;

let agent: Agent | undefined;

/** A GET of what the launcher has started. Throws the network's error, and Failure for authorities that cannot be read. */
export async function ask(url: string, headers: Record<string, string> = {}): Promise<{ ok: boolean; status: number; text: string }> {
  agent ??= new Agent({ connect: apiCaFile === undefined ? {} : { ca: read(apiCaFile) } });
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(5000), dispatcher: agent });
  return { ok: answer.ok, status: answer.status, text: await answer.text() };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure(`NETYARD_API_CA_FILE names ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
