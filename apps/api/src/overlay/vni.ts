import { randomInt } from 'node:crypto';
import { maxVni } from '@netyard/drivers';
import type { Transaction } from '../database/transaction';

/** Smaller numbers are left to those who ask for them. */
const leastChosen = 4096;

/** A number that no network has. Another transaction may take it meanwhile: the constraint refuses the later one. */
export async function chooseVni(transaction: Transaction): Promise<number> {
  // Those of other tenants count as well.
  await transaction.leaveTenant();
  for (;;) {
    const candidate = randomInt(leastChosen, maxVni + 1);
    const [holder] = await transaction.query('SELECT FROM network WHERE vni = $1', [candidate]);
    if (!holder) return candidate;
  }
}
