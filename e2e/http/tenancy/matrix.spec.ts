import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations, type OperationRow } from './operations';
import { type Caller, callers, hush, type Method, TwoTenants, type Whose } from './two-tenants';

let world: TwoTenants;
let documented: { id: string; method: string }[];

beforeAll(async () => {
  world = await TwoTenants.start();
  const { body } = (await world.api.get('/openapi.json').expect(200)) as {
    body: { paths: Record<string, Record<string, { operationId?: string }>> };
  };
  documented = Object.values(body.paths).flatMap((item) =>
    Object.entries(item).flatMap(([method, { operationId }]) => (operationId ? [{ id: operationId, method }] : [])),
  );
});
afterAll(() => world.close());

/** What a caller is to be answered: nobody is unknown, who may not is refused, and who may is answered by whose object it is. */
function wanted(row: OperationRow, caller: Caller, whose: Whose, path: string): number | undefined {
  if (caller === 'nobody' && !row.isPublic) return 401;
  // Workers and hosts have nothing to do with tenants, and are not told which there are.
  if (path.startsWith('/v1/tenants/') && (caller === 'worker' || caller === 'host')) return 404;
  const seesAll = caller === 'admin' || caller === 'auditor' || caller === 'worker';
  // A tenant in which one has no say is none that there is, whatever is asked for.
  if (path.startsWith('/v1/tenants/') && whose !== 'own' && (!seesAll || whose === 'missing')) return 404;
  if (!row.may.includes(caller)) return 403;
  return row.isDeployments && seesAll && whose === 'other' ? row.answers.own : row.answers[whose];
}

/** A stream has no end: its head is the answer, and its beginning is read until it says that it is in sync. */
async function stream(caller: Caller, path: string): Promise<{ status: number; text: string }> {
  const token = world.tokens.get(caller);
  const headers: Record<string, string> = { ...(token ? { authorization: `Bearer ${token}` } : {}) };
  if (['admin', 'auditor'].includes(caller)) headers['netyard-tenant'] = 'ours';
  const abort = new AbortController();
  const response = await fetch(`${world.api.url}${path}`, { headers, signal: abort.signal });
  let text = '';
  if (response.status === 200 && response.body)
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString();
      if (text.includes('in-sync')) break;
    }
  abort.abort();
  return { status: response.status, text };
}

async function call(method: Method, row: OperationRow, caller: Caller, path: string): Promise<{ status: number; text: string }> {
  if (row.isStream) return stream(caller, path);
  const answer = await world.as(caller, method, path, row.body).set(row.headers ?? {});
  return { status: answer.status, text: answer.text };
}

it('has a row for every operation of the document, and no other', () => {
  expect(Object.keys(operations).sort()).toEqual(documented.map(({ id }) => id).sort());
  for (const { id, method } of documented) expect(`${id} ${operations[id]?.method}`).toBe(`${id} ${method}`);
});

describe.each(Object.entries(operations))('%s', (_, { method, ...row }) => {
  it.each(callers)('answers %s by whose the object is, and tells nothing of others', async (caller) => {
    for (const whose of Object.keys(row.answers) as Whose[]) {
      const path = await row.path(world.of(whose), world);
      const answer = await call(method, row, caller, path);
      expect(`${whose}: ${answer.status}`, `${method} ${path}: ${answer.text}`).toBe(`${whose}: ${wanted(row, caller, whose, path)}`);
      const isOfTenant = !['admin', 'auditor', 'worker'].includes(caller);
      if (isOfTenant && !path.includes(hush)) expect(answer.text ?? '').not.toContain(hush);
    }
  });
});
