import { ApiProblem } from '@netyard/api-client';
import { describe, expect, it } from 'vitest';
import { applyEdit } from './apply-edit';
import type { ObjectDocument } from './document';
import type { DocumentVersion } from './patch-object';

const document = (tier: string): ObjectDocument => ({ metadata: { name: 'web', labels: { tier } }, spec: {} });
const at = (resourceVersion: string, tier: string): DocumentVersion => ({ document: document(tier), resourceVersion });
const problem = (code: 'precondition-failed' | 'forbidden') => new ApiProblem(code, 412, code, [], null);

/** An object that becomes, between one request and the next, what the list says. */
function door(versions: DocumentVersion[]) {
  const sent: string[] = [];
  const patch = async (change: object, resourceVersion: string): Promise<DocumentVersion> => {
    sent.push(`${resourceVersion} ${JSON.stringify(change)}`);
    if (resourceVersion !== versions[0]?.resourceVersion) throw problem('precondition-failed');
    return at('99', 'mine');
  };
  const read = async (): Promise<DocumentVersion> => {
    const [now] = versions;
    if (versions.length > 1) versions.shift();
    if (!now) throw new Error('there is none');
    return now;
  };
  return { sent, patch, read };
}

describe('an edit', () => {
  it('is applied to the version that it began with', async () => {
    const api = door([at('1', 'base')]);
    expect(await applyEdit(at('1', 'base'), document('mine'), api)).toEqual({ applied: at('99', 'mine') });
    expect(api.sent).toEqual(['1 {"metadata":{"labels":{"tier":"mine"}}}']);
  });

  it('is applied though hosts have reported meanwhile', async () => {
    const api = door([at('2', 'base'), at('3', 'base')]);
    expect(await applyEdit(at('1', 'base'), document('mine'), api)).toEqual({ applied: at('99', 'mine') });
    expect(api.sent.map((line) => line.split(' ')[0])).toEqual(['1', '2', '3']);
  });

  it('is not where somebody else has changed the document', async () => {
    expect(await applyEdit(at('1', 'base'), document('mine'), door([at('2', 'theirs')]))).toEqual({ theirs: at('2', 'theirs') });
  });

  it('of nothing asks nobody', async () => {
    const api = door([]);
    expect(await applyEdit(at('1', 'base'), document('base'), api)).toEqual({ applied: at('1', 'base') });
    expect(api.sent).toEqual([]);
  });

  it('that is refused says so', async () => {
    const api = { ...door([]), patch: () => Promise.reject(problem('forbidden')) };
    await expect(applyEdit(at('1', 'base'), document('mine'), api)).rejects.toThrow('forbidden');
  });
});
