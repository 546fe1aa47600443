import { history } from '../../messages';
import { PlainTable } from '../../ui/plain-table';
import { valueText, type Difference, type Value } from './difference';

const text = history.changes;

/** Field by field, what was there and what is. */
export function DifferenceTable({ label, differences }: { label: string; differences: readonly Difference[] }) {
  return (
    <PlainTable
      label={label}
      rows={differences}
      keyOf={({ field }) => field}
      columns={[
        { title: text.field, cell: ({ field }) => <span className="font-mono text-[12px] break-all">{field}</span> },
        { title: text.before, cell: ({ before }) => <Text mark="−" value={before} /> },
        { title: text.after, cell: ({ after }) => <Text mark="+" value={after} /> },
      ]}
    />
  );
}

function Text({ mark, value }: { mark: string; value: Value | undefined }) {
  if (value === undefined) return <span className="text-ink-3">{text.absent}</span>;
  return (
    <span className="font-mono text-[12px] break-all">
      <span aria-hidden="true" className="mr-1 text-ink-3 select-none">
        {mark}
      </span>
      {valueText(value, text.absent)}
    </span>
  );
}
