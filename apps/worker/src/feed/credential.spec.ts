import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Credential, type Exchange } from './credential';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'netyard-credential-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (): string => join(folder, 'credential');
const dayMs = 24 * 3_600_000;
const giving =
  (token: string): Exchange =>
  () =>
    Promise.resolve({ token, certificate: null });
const never: Exchange = () => Promise.reject(new Error('nothing was to be exchanged'));

describe('a token that all workers share', () => {
  it('is shown as it is, and never exchanged', async () => {
    const credential = new Credential('ny_shared', folder);
    await credential.renewIfDue(never, Date.now() + 10 * dayMs);
    expect(credential.token).toBe('ny_shared');
  });
});

describe('a token of an enrolment', () => {
  it('is exchanged at once, and what it gave is kept for the next start', async () => {
    const credential = new Credential('ny_enrol_1', folder);
    expect(credential.isOfEnrolment).toBe(true);
    await credential.renewIfDue(giving('ny_host_1'));
    expect([credential.token, credential.isOfEnrolment]).toEqual(['ny_host_1', false]);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(new Credential('ny_enrol_1', folder).token).toBe('ny_host_1');
  });

  it('stays when the API does not answer', async () => {
    const credential = new Credential('ny_enrol_1', folder);
    await expect(credential.renewIfDue(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(credential.token).toBe('ny_enrol_1');
  });
});

describe('a credential', () => {
  it('is exchanged for another one when it is a day old', async () => {
    writeFileSync(file(), 'ny_host_1\n');
    const credential = new Credential('ny_enrol_used', folder);
    await credential.renewIfDue(never);
    await credential.renewIfDue(giving('ny_host_2'), Date.now() + dayMs + 1);
    expect(credential.token).toBe('ny_host_2');
    expect(readFileSync(file(), 'utf8')).toMatch(/^ny_host_2\n[0-9a-f]{64}\n$/);
  });

  it('gives way to the token of another enrolment', async () => {
    await new Credential('ny_enrol_1', folder).renewIfDue(giving('ny_host_1'));
    expect(new Credential('ny_enrol_1', folder).token).toBe('ny_host_1');
    const anew = new Credential('ny_enrol_2', folder);
    expect(anew.token).toBe('ny_enrol_2');
    await anew.renewIfDue(giving('ny_host_2'));
    expect(new Credential('ny_enrol_2', folder).token).toBe('ny_host_2');
  });

  it('that is half there is none', () => {
    writeFileSync(file(), '');
    expect(new Credential('ny_enrol_1', folder).token).toBe('ny_enrol_1');
  });
});
