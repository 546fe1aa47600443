/** Runs the work, adds how many milliseconds it took to `times`, and gives its result. */
export async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  times.push(performance.now() - started);
  return result;
}

/** As `timed`, for work that is synchronous. */
export function timedSync<T>(times: number[], work: () => T): T {
  const started = performance.now();
  const result = work();
  times.push(performance.now() - started);
  return result;
}

/** How many a second, from a count and milliseconds. */
export const perSecond = (count: number, milliseconds: number): number => (count * 1000) / milliseconds;

export const pause = (milliseconds: number): Promise<void> => new Promise((resume) => setTimeout(resume, milliseconds));

/** Asks again and again until it holds. Throws, naming what it waited for, when it takes too long. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 30): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${seconds} s`);
    await pause(20);
  }
}
