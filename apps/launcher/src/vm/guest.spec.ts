import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { quoted, secondProgram } from './guest';

describe('quoted', () => {
  it.each(['plain', 'two words', `it's`, '$HOME `id` "x" \\', 'line\nbreak', ''])('makes %j one word to a shell', (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${quoted(text)}`], { encoding: 'utf8' })).toBe(text);
  });
});

describe('secondProgram', () => {
  it('is a script that a shell can read, whatever is asked of it', () => {
    const script = secondProgram({ command: ['echo', `it's`], folder: '/a b', environment: { A: `x 'y'` }, outputFile: '/out file' });
    expect(() => execFileSync('sh', ['-n'], { input: script })).not.toThrow();
  });
});
