import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptToken } from './tokens';

describe('keptToken', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netyard-tokens-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes a token that says what it is, and keeps it from others', () => {
    const path = join(folder, 'state', 'token');
    const token = keptToken(path);
    expect(token).toMatch(/^ny_[\w-]{32}$/);
    expect(keptToken(path)).toBe(token);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('takes the one that is there, and closes its file to others', () => {
    const path = join(folder, 'token');
    writeFileSync(path, 'chosen\n', { mode: 0o644 });
    expect(keptToken(path)).toBe('chosen');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
