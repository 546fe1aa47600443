import { reaches } from '../measurement';
import { rounded } from './numbers-as-text';
import type { Result } from './result';

/** One line of `--json`. A peer that was not there has no value. */
export function jsonLine({ name, value, unit, peer, peerValue, target }: Result): string {
  return `${JSON.stringify({
    figure: name,
    value: rounded(value),
    unit,
    ...(peer === undefined ? {} : { peer, peerValue: peerValue === undefined ? null : rounded(peerValue) }),
    ...(target === undefined ? {} : { target, reached: reaches(target, value) }),
  })}\n`;
}
