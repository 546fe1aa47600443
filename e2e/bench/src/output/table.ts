import { reaches } from '../measurement';
import { targetText, valueText } from './numbers-as-text';
import type { Result } from './result';

const header = ['figure', 'value', 'target', '', 'peer', '', 'value / peer'];
/** Columns of numbers, which end at the same place. */
const rightAligned = new Set([1, 2, 5, 6]);

function cells({ name, value, unit, target, peer, peerValue }: Result): string[] {
  return [
    name,
    valueText(value, unit),
    target ? targetText(target, unit) : '',
    target ? (reaches(target, value) ? 'reached' : 'missed') : '',
    peer ?? '',
    peer === undefined ? '' : peerValue === undefined ? 'skipped' : valueText(peerValue, unit),
    peerValue === undefined ? '' : (value / peerValue).toFixed(2),
  ];
}

/** The results for people, a column for each property. */
export function table(results: Result[]): string {
  const rows = [header, ...results.map(cells)];
  const widths = header.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: string[]): string =>
    row
      .map((cell, column) => (rightAligned.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const [first = [], ...others] = rows;
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return `${[line(first), rule, ...others.map(line)].join('\n')}\n`;
}
