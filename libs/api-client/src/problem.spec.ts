import { expect, it } from 'vitest';
import { parseProblem, unwrap } from './problem';

const answer = (status: number) => new Response(null, { status, headers: { 'x-request-id': 'r-1' } });

it.each([
  {
    name: 'a problem document',
    status: 409,
    body: {
      type: '/problems/subnet-overlap',
      detail: '10.1.0.0/24 overlaps network lab-3',
      errors: [{ pointer: '/spec/subnets/0/cidr', detail: 'overlaps' }],
      requestId: 'r-2',
    },
    want: {
      code: 'subnet-overlap',
      status: 409,
      message: '10.1.0.0/24 overlaps network lab-3',
      fields: [{ pointer: '/spec/subnets/0/cidr', detail: 'overlaps' }],
      requestId: 'r-2',
    },
  },
  {
    name: 'a code that is newer than this client',
    status: 404,
    body: { type: '/problems/moved-away', title: 'Gone' },
    want: { code: 'not-found', message: 'Gone', requestId: 'r-1' },
  },
  {
    name: 'something that is no problem document',
    status: 502,
    body: '<html>',
    want: { code: 'unavailable', message: 'The API answered with status 502 and did not say why.', fields: [] },
  },
  {
    name: 'errors of another shape',
    status: 422,
    body: { detail: 'x', errors: ['y', { pointer: 1 }] },
    want: { code: 'invalid-request', fields: [] },
  },
])('reads $name', ({ status, body, want }) => {
  expect(parseProblem(body, answer(status))).toMatchObject(want);
});

it('gives the data of an answer', () => {
  expect(unwrap({ data: { items: [] }, response: answer(200) })).toEqual({ items: [] });
});

it('throws the problem of an answer', () => {
  expect(() => unwrap({ error: { type: '/problems/in-use', detail: 'used by a' }, response: answer(409) })).toThrow('used by a');
});
