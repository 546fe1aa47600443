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

/** Grows by the milliseconds from each key or click to the paint that answers it, where they are 16 or more. */
export function interactionTimes(): number[] {
  const times: number[] = [];
  const take = (entries: PerformanceEntryList): void => {
    for (const entry of entries) if (entry instanceof PerformanceEventTiming && entry.interactionId > 0) times.push(entry.duration);
  };
  // TypeScript does not know the threshold; by default it is 104 ms.
  const options: PerformanceObserverInit & { durationThreshold: number } = { type: 'event', durationThreshold: 16 };
  new PerformanceObserver((list) => take(list.getEntries())).observe(options);
  return times;
}

/** Resolves when what was done before has been painted, and what observes that has been told. */
export function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 50))));
}
