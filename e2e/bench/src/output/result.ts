import type { Figure, Reading } from '../measurement';

/** A figure with what was read. */
export interface Result extends Figure {
  value: number;
  peerValue?: number;
}

/**
 * Pairs readings with the figures that are wanted; a ratio to a peer that is not here is left out. Throws when a measurement gives what it did not announce, or keeps
 * back anything else.
 */
export function toResults(figures: Figure[], readings: Reading[], isWanted: (figure: string) => boolean): Result[] {
  const stray = readings.find(({ figure }) => !figures.some(({ name }) => name === figure));
  if (stray) throw new Error(`figure ${stray.figure} was not announced`);
  return figures
    .filter(({ name }) => isWanted(name))
    .flatMap((figure) => {
      const reading = readings.find((one) => one.figure === figure.name);
      if (!reading && figure.unit === '×') return [];
      if (!reading || !Number.isFinite(reading.value)) throw new Error(`figure ${figure.name} was not measured`);
      return [{ ...figure, value: reading.value, ...(reading.peerValue === undefined ? {} : { peerValue: reading.peerValue }) }];
    });
}
