import { beforeEach, describe, expect, it } from 'vitest';
import { stateFor } from './path-search';
import { PathMeasurer } from './path-measurer';
import type { MeasuredPath, WantedPath } from './messages';

const intervalMs = 60_000;
const path = (number: number, neededBytes = 1500): WantedPath => ({
  host: `h${number}`,
  localAddress: '198.51.100.1',
  remoteAddress: `198.51.100.${number}`,
  neededBytes,
});

/** A network in which packets take 2 ms there and back, with a clock that jumps to the next thing to do. */
class World {
  nowMs = 0;
  sent: { address: string; bytes: number; atMs: number }[] = [];
  measured: MeasuredPath[] = [];
  passes: (address: string, bytes: number) => boolean = () => true;
  readonly measurer = new PathMeasurer(
    intervalMs,
    ({ remoteAddress }, bytes, sequence) => {
      this.sent.push({ address: remoteAddress, bytes, atMs: this.nowMs });
      this.#largest = Math.max(this.#largest, this.measurer.searching);
      if (this.passes(remoteAddress, bytes)) this.#answers.push({ sequence, atMs: this.nowMs + 2 });
    },
    () => 0.5,
  );
  #answers: { sequence: number; atMs: number }[] = [];
  #largest = 0;

  want(...paths: WantedPath[]): void {
    this.measurer.want(paths, false, this.nowMs);
  }

  /** Runs for so long. */
  run(forMs: number): void {
    const endMs = this.nowMs + forMs;
    for (;;) {
      const dueMs = Math.min(this.measurer.turn(this.nowMs), ...this.#answers.map(({ atMs }) => atMs));
      this.measured.push(...this.measurer.drain('2026-01-01T00:00:00.000Z'));
      if (dueMs > endMs) break;
      this.nowMs = Math.max(this.nowMs, dueMs);
      const arrived = this.#answers.filter(({ atMs }) => atMs <= this.nowMs);
      this.#answers = this.#answers.filter(({ atMs }) => atMs > this.nowMs);
      for (const { sequence } of arrived) this.measurer.answered(sequence, this.nowMs);
    }
    this.nowMs = endMs;
  }

  get mostAtOnce(): number {
    return this.#largest;
  }

  /** How the last measurement of each path ended, by address. */
  get states(): Record<string, string> {
    return Object.fromEntries(this.measured.map(({ remoteAddress, result }) => [remoteAddress, stateFor(result, 1500)]));
  }
}

describe('measuring paths', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  it('sends one packet on a path that is well, soon after it has come and then once in each interval', () => {
    world.want(path(2));
    world.run(1_000);
    expect(world.sent.map(({ bytes }) => bytes)).toEqual([1500]);
    expect(world.states).toEqual({ '198.51.100.2': 'carries' });
    world.run(10 * intervalMs);
    expect(world.sent).toHaveLength(11);
  });

  it('is no storm for fifty hosts: a packet each, a few at a time', () => {
    world.want(...Array.from({ length: 49 }, (_, index) => path(index + 2)));
    world.run(5_000);
    expect(world.sent).toHaveLength(49);
    expect(world.mostAtOnce).toBeLessThanOrEqual(16);
  });

  it('finds what passes, and that all passes again once the underlay is mended', () => {
    world.passes = (_, bytes) => bytes <= 1400;
    world.want(path(2));
    world.run(30_000);
    expect(world.measured[0]?.result).toEqual({ carriedBytes: 1400, triedBytes: 1500, refusedBy: null });
    world.passes = () => true;
    world.run(30_000);
    expect(world.states).toEqual({ '198.51.100.2': 'carries' });
  });

  it('is not misled by single losses', () => {
    const lost = new Set<number>();
    world.passes = (_, bytes) => lost.has(bytes) || !lost.add(bytes);
    world.want(path(2));
    world.run(5_000);
    expect(world.states).toEqual({ '198.51.100.2': 'carries' });
  });

  it('goes on with others while one does not answer', () => {
    world.passes = (address) => address !== '198.51.100.2';
    world.want(path(2), path(3));
    world.run(1_000);
    expect(world.states).toEqual({ '198.51.100.3': 'carries' });
    world.run(10_000);
    expect(world.states).toEqual({ '198.51.100.2': 'silent', '198.51.100.3': 'carries' });
  });

  it('measures at once what is to carry more, and leaves alone what has to carry less', () => {
    world.want(path(2, 1400));
    world.run(1_000);
    world.want(path(2, 1300));
    world.run(1_000);
    expect(world.sent.map(({ bytes }) => bytes)).toEqual([1400]);
    world.want(path(2, 1500));
    world.run(1_000);
    expect(world.sent.map(({ bytes }) => bytes)).toEqual([1400, 1500]);
  });

  it('measures all anew when the host’s own underlay has changed, and forgets paths that are gone', () => {
    world.want(path(2), path(3));
    world.run(1_000);
    world.measurer.want([path(2)], true, world.nowMs);
    world.run(1_000);
    expect(world.sent.map(({ address }) => address).sort()).toEqual(['198.51.100.2', '198.51.100.2', '198.51.100.3']);
    world.run(10 * intervalMs);
    expect(world.sent.filter(({ address }) => address === '198.51.100.3')).toHaveLength(1);
  });

  it('believes no refusal of a packet that it did not send', () => {
    world.want(path(2));
    world.measurer.refused(4711, { by: '198.51.100.254', mostBytes: 600 });
    world.run(1_000);
    expect(world.states).toEqual({ '198.51.100.2': 'carries' });
  });
});
