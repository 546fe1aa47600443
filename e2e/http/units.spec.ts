import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'netyard-units-'));
afterAll(() => rmSync(folder, { recursive: true }));

const analyze = (...args: string[]): string => execFileSync('systemd-analyze', args, { encoding: 'utf8', stdio: 'pipe' });

/** As systemd rates it: from 0, which can do nothing, to 10. A worker is there to change what is the machine's. */
const units: [path: string, mostExposure: number][] = [
  ['deploy/systemd/netyard-api.service', 2],
  ['deploy/systemd/netyard-dashboard.service', 2],
  ['apps/worker/netyard-worker.service', 5.5],
];

describe.each(units)('%s', (path, mostExposure) => {
  const text = readFileSync(path, 'utf8');

  it('is one that systemd understands', () => {
    // Node.js need not be where Debian has it.
    const copy = join(folder, basename(path));
    writeFileSync(copy, text.replace('/usr/bin/node', process.execPath));
    expect(analyze('verify', '--man=no', copy)).toBe('');
  });

  it('may do little beside what it is for', () => {
    const copy = join(folder, basename(path));
    copyFileSync(path, copy);
    const rating = analyze('security', '--offline=true', '--no-pager', copy);
    const [, exposure = ''] = /Overall exposure level for \S+: ([\d.]+)/.exec(rating) ?? [];
    expect(Number(exposure)).toBeGreaterThan(0);
    expect(Number(exposure)).toBeLessThanOrEqual(mostExposure);
  });

  it('has secrets in files, and in no argument', () => {
    const [, command = ''] = /^ExecStart=(.*)$/m.exec(text) ?? [];
    expect(command).toMatch(/\.js/);
    expect(command).not.toMatch(/--token[ =]|password|secret/i);
  });
});
