import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noDnsSettings } from '@netyard/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inheritedText, parseResolvConf, readResolvConf, resolverText } from './resolv-conf';
import { ResolvConfFile } from './resolv-conf-file';

const said = (text: string): string[] => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('resolv.conf(5)', () => {
  it('is read as resolvers read it', () => {
    const text = [
      '# comment',
      'nameserver 192.0.2.1 ; first',
      'nameserver fe80::1%eth0',
      'nameserver nobody',
      'domain a.example',
      'search b.example c.example',
    ];
    expect(parseResolvConf([...text, 'options ndots:2 rotate', 'options edns0', 'sortlist 192.0.2.0'].join('\n'))).toEqual({
      servers: ['192.0.2.1', 'fe80::1%eth0'],
      search: ['b.example', 'c.example'],
      options: ['ndots:2', 'rotate', 'edns0'],
    });
    expect(readResolvConf('/nonexistent/resolv.conf')).toEqual({ servers: [], search: [], options: [] });
  });

  it.each([
    { what: 'nothing set', settings: {}, text: ['nameserver 127.0.0.11', 'options ndots:0'] },
    { what: 'an ndots of its own', settings: { options: ['ndots:2'] }, text: ['nameserver 127.0.0.11', 'options ndots:2'] },
    { what: 'servers, which the resolver asks', settings: { servers: ['192.0.2.1'] }, text: ['nameserver 127.0.0.11', 'options ndots:0'] },
    {
      what: 'more domains than count',
      settings: { search: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
      text: ['nameserver 127.0.0.11', 'search a b c d e f', 'options ndots:0'],
    },
  ])('names the resolver: $what', ({ settings, text }) => {
    expect(said(resolverText({ ...noDnsSettings, ...settings }))).toEqual(text);
  });

  it.each([
    { what: 'the host’s', settings: {}, text: ['nameserver 192.0.2.53', 'search host.example', 'options edns0'] },
    {
      what: 'its own instead',
      settings: { servers: ['192.0.2.1'], search: ['own'] },
      text: ['nameserver 192.0.2.1', 'search own', 'options edns0'],
    },
  ])('without a resolver: $what', ({ settings, text }) => {
    const host = { servers: ['127.0.0.53', '::1', '192.0.2.53'], search: ['host.example'], options: ['edns0'] };
    expect(said(inheritedText({ ...noDnsSettings, ...settings }, host))).toEqual(text);
  });
});

describe('the file', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'netyard-resolv-conf-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('of a managed sandbox can be read by everybody, whatever the umask, and goes with its folder', () => {
    const before = process.umask(0o077);
    try {
      const file = new ResolvConfFile(join(directory, 'etc', 'ny-1', 'resolv.conf'), false);
      file.write('one\n', []);
      expect(statSync(file.path).mode & 0o777).toBe(0o644);
      expect(statSync(join(directory, 'etc', 'ny-1')).mode & 0o777).toBe(0o755);
      expect(statSync(join(directory, 'etc')).mode & 0o777).toBe(0o755);
      file.remove();
      file.remove();
      expect(existsSync(join(directory, 'etc', 'ny-1'))).toBe(false);
    } finally {
      process.umask(before);
    }
  });

  it('of somebody else keeps its inode and its mode, and gets its first text back after any number of changes', () => {
    const path = join(directory, 'resolv.conf');
    writeFileSync(path, 'theirs\n', { mode: 0o640 });
    const { ino } = statSync(path);
    new ResolvConfFile(path, true).write('one\n', [directory]);
    const file = new ResolvConfFile(path, true);
    file.write('two\n', [directory]);
    expect(readFileSync(path, 'utf8')).toBe('two\n');
    expect(statSync(path)).toMatchObject({ ino, mode: 0o100640 });
    file.remove();
    file.remove();
    expect(readFileSync(path, 'utf8')).toBe('theirs\n');
    expect(statSync(path).ino).toBe(ino);
  });

  it.each([
    { what: 'another name', make: () => join(directory, 'hosts'), says: 'is not called resolv.conf' },
    { what: 'a place that only begins alike', make: () => `${directory}-other/resolv.conf`, says: 'does not lie below' },
    { what: 'a way out', make: () => join(directory, 'a') + '/../../resolv.conf', says: 'does not lie below' },
    { what: 'a folder', make: () => made('folder'), says: 'is no regular file' },
    { what: 'a link', make: () => made('link'), says: 'is a symbolic link' },
    { what: 'a linked folder', make: () => made('linked folder'), says: 'is a symbolic link' },
  ])('of somebody else is left alone: $what', ({ make, says }) => {
    expect(() => new ResolvConfFile(make(), true).write('one\n', [directory])).toThrow(says);
  });

  function made(what: 'folder' | 'link' | 'linked folder'): string {
    const path = join(directory, 'resolv.conf');
    if (what === 'folder') mkdirSync(path);
    if (what === 'link') symlinkSync('/etc/hostname', path);
    if (what !== 'linked folder') return path;
    mkdirSync(join(directory, 'real'));
    writeFileSync(join(directory, 'real', 'resolv.conf'), '');
    symlinkSync('real', join(directory, 'linked'));
    return join(directory, 'linked', 'resolv.conf');
  }
});
