'use client';

import { GitMerge } from 'lucide-react';
import type { ReactNode } from 'react';
import { documentText } from '../../messages';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { PlainTable } from '../../ui/plain-table';
import { concernsSame, differences, type Difference, type Value, valueText } from '../changes/difference';
import type { ObjectDocument } from './document';

const text = documentText.conflict;

interface ConflictProps {
  base: ObjectDocument;
  mine: ObjectDocument;
  theirs: ObjectDocument;
  busy: boolean;
  takeTheirs: () => void;
  overwrite: () => void;
}

/** Two have edited one document: what it was, what each has made of it, and the choice between them. */
export function Conflict({ base, mine, theirs, busy, takeTheirs, overwrite }: ConflictProps) {
  const [ours, others] = [mine, theirs].map((document) => differences(asValue(base), asValue(document)));
  const overwritten = (others ?? []).filter((other) => ours?.some((own) => concernsSame(own, other) || concernsSame(other, own)));
  return (
    <section aria-label={text.title} className="flex flex-col gap-3">
      <div role="alert">
        <Banner tone="warning" icon={GitMerge}>
          <strong className="font-semibold">{text.title}.</strong> {text.say}
        </Banner>
      </div>
      <PlainTable
        label={text.title}
        rows={merged(ours ?? [], others ?? [])}
        keyOf={({ field }) => field}
        columns={[
          { title: text.field, cell: ({ field }) => <span className="font-mono text-[12px] break-all">{field}</span> },
          { title: text.was, cell: ({ before }) => <Text value={before} /> },
          { title: text.theirs, cell: ({ theirs: value }) => (value ? <Text value={value.after} /> : <Kept />) },
          { title: text.mine, cell: ({ mine: value }) => (value ? <Text value={value.after} /> : <Kept />) },
        ]}
      />
      <div className="flex flex-wrap items-start gap-4">
        <Choice hint={text.takeTheirsHint}>
          <Button onClick={takeTheirs}>{text.takeTheirs}</Button>
        </Choice>
        <Choice hint={text.overwriteHint(overwritten.length)}>
          <Button variant={overwritten.length > 0 ? 'danger' : 'primary'} busy={busy} onClick={overwrite}>
            {text.overwrite}
          </Button>
        </Choice>
      </div>
    </section>
  );
}

interface MergedField {
  field: string;
  before: Value | undefined;
  mine: Difference | undefined;
  theirs: Difference | undefined;
}

/** Every field that one of the two has changed, once. */
function merged(mine: readonly Difference[], theirs: readonly Difference[]): MergedField[] {
  const fields = new Map<string, MergedField>();
  for (const difference of theirs) fields.set(difference.field, { ...difference, theirs: difference, mine: undefined });
  for (const difference of mine)
    fields.set(difference.field, {
      field: difference.field,
      before: difference.before,
      theirs: fields.get(difference.field)?.theirs,
      mine: difference,
    });
  return [...fields.values()];
}

const asValue = (document: ObjectDocument): Value => document as unknown as Value;

const Text = ({ value }: { value: Value | undefined }) => <span className="font-mono text-[12px] break-all">{valueText(value, '–')}</span>;

const Kept = () => <span className="text-ink-3">{text.kept}</span>;

function Choice({ hint, children }: { hint: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      {children}
      <p className="text-[12px] text-ink-3">{hint}</p>
    </div>
  );
}
