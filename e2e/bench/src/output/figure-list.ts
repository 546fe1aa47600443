import type { Measurement } from '../measurement';
import { targetText } from './numbers-as-text';

/** What `--list` prints. */
export function figureList(measurements: Measurement[]): string {
  const width = Math.max(...measurements.flatMap(({ figures }) => figures.map(({ name }) => name.length)));
  return measurements
    .map(({ name, figures }) => {
      const lines = figures.map((figure) => {
        const target = figure.target ? ` (${targetText(figure.target, figure.unit)})` : '';
        return `  ${figure.name.padEnd(width)}  ${figure.meaning}${target}\n`;
      });
      return `${name}\n${lines.join('')}`;
    })
    .join('\n');
}
