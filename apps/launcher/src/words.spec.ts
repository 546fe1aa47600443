import { ESLint } from 'eslint';
import { expect, it } from 'vitest';
import { inWorkspace, workspaceRoot } from './workspace';

/** What the dashboard shows comes from its messages (ADR 32): the lint rules for that refuse what they should, and no more. */
const cases: { name: string; code: string; want: RegExp | null }[] = [
  { name: 'text between tags', code: 'export const Shown = () => <p>Nothing yet</p>;', want: /Nothing yet/ },
  { name: 'what is read out', code: 'export const Shown = () => <p aria-label="Rules" />;', want: /Rules/ },
  { name: 'a choice of words', code: "export const Shown = ({ up }: { up: boolean }) => <p>{up ? 'up' : 'down'}</p>;", want: /down/ },
  {
    name: 'words with something put in',
    code: 'export const Shown = ({ n }: { n: string }) => <p title={`Change ${n}`} />;',
    want: /Change/,
  },
  {
    name: 'words that a component takes',
    code: 'const Part = ({ hint }: { hint: string }) => <p>{hint}</p>; export const Shown = () => <Part hint="Its name" />;',
    want: /Its name/,
  },
  {
    name: 'what a menu offers',
    code: "export const actions = [{ label: 'Delete…' }];",
    want: /Words belong into apps\/dashboard\/src\/messages/,
  },
  { name: 'names of looks', code: 'export const Shown = () => <p className="text-ink-2" />;', want: null },
  {
    name: 'one of a few values',
    code: "const Part = ({ tone }: { tone: 'ready' | 'failing' }) => <p className={tone} />; export const Shown = () => <Part tone=\"ready\" />;",
    want: null,
  },
  { name: 'signs', code: 'export const Shown = ({ n }: { n: string }) => <p>{n} · → …</p>;', want: null },
];

const eslint = new ESLint({ cwd: workspaceRoot });

// The first to be looked at brings the types of the whole dashboard along.
it.each(cases)('$name', { timeout: 120_000 }, async ({ code, want }) => {
  const [result] = await eslint.lintText(code, { filePath: inWorkspace('apps/dashboard/src/ui/banner.tsx') });
  const said = result?.messages.filter(({ ruleId }) => ruleId !== '@nx/enforce-module-boundaries').map(({ message }) => message) ?? [
    'none',
  ];
  if (want === null) expect(said).toEqual([]);
  else expect(said.join('\n')).toMatch(want);
});
