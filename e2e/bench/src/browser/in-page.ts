/// <reference lib="dom" />

// Functions that run in the page: they may use nothing but their arguments and what the page has.

/** When the frame with a row that has the name and says Ready had been painted. */
export function rowPainted(name: string): Promise<number> {
  const isThere = (): boolean =>
    [...document.querySelectorAll('[role=row], tr')].some(
      ({ textContent }) => textContent?.includes(name) && /(^|[^a-z] ?)Ready/.test(textContent),
    );
  return new Promise((resolve) => {
    const look = (): void => {
      if (isThere()) setTimeout(() => resolve(Date.now()));
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** Frames a second, counted for so long. */
export function frameRate(milliseconds: number): Promise<number> {
  let count = 0;
  const began = performance.now();
  return new Promise((resolve) => {
    const frame = (): void => {
      const passed = performance.now() - began;
      if (passed > milliseconds) resolve((count * 1_000) / passed);
      else {
        count++;
        requestAnimationFrame(frame);
      }
    };
    requestAnimationFrame(frame);
  });
}

/** How long the last layout of the topology took. */
export function layoutTime(): number {
  return performance.getEntriesByName('topology-layout').at(-1)?.duration ?? Number.NaN;
}
