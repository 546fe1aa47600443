import { expect, it } from 'vitest';
import { notable } from './notable';

const cases: { name: string; in: string; want: string | undefined }[] = [
  { name: 'routine', in: '{"level":30,"msg":"started"}', want: undefined },
  { name: 'warning', in: '{"level":40,"msg":"repaired a link"}', want: 'warning: repaired a link' },
  { name: 'error with its cause', in: '{"level":50,"msg":"failed","err":{"message":"no such host"}}', want: 'error: failed: no such host' },
  { name: 'refused statement', in: '2026-01-01 UTC [12] ERROR:  duplicate key value', want: undefined },
  { name: 'server that cannot go on', in: '2026-01-01 UTC [12] FATAL:  out of disk', want: 'FATAL:  out of disk' },
  { name: 'connection cut by the shutdown', in: '[12] FATAL:  terminating connection due to administrator command', want: undefined },
  { name: 'broken JSON', in: '{"level":50', want: undefined },
  { name: 'plain text', in: 'Ready in 30ms', want: undefined },
];

it.each(cases)('$name', ({ in: line, want }) => {
  expect(notable(line)).toBe(want);
});
