'use client';

import { ApiProblem } from '@netyard/api-client';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useId, useMemo, useState, type ReactNode } from 'react';
import { toast } from 'sonner';
import { documentText } from '../../messages';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { FieldError } from '../../ui/field';
import { differences, isSame, type Value } from '../changes/difference';
import { DifferenceTable } from '../changes/difference-table';
import { CurlPreview } from '../form/curl-preview';
import type { EndpointRow, NetworkRow, PolicyRow, SandboxRow } from '../inventory/inventory';
import { saidOf } from '../page/question-state';
import { useRefusal } from '../session/session-context';
import { applyEdit } from './apply-edit';
import { Conflict } from './conflict';
import { documentToText, type ObjectDocument, parseDocument, patchBetween, withChanges } from './document';
import { patchObject, plural, readObject, versionOf, type DocumentVersion } from './patch-object';

type Row = NetworkRow | SandboxRow | EndpointRow | PolicyRow;

interface DocumentTabProps {
  row: Row;
  /** Something to be had from an edit without applying it, such as a preview. */
  tryOut?: { label: string; run: (mine: ObjectDocument) => Promise<ReactNode> };
}

/** The document of an object as YAML, edited in place: what would change, the equal request, and what to do when somebody else was faster. */
export function DocumentTab({ row, tryOut }: DocumentTabProps) {
  const { kind, name } = row;
  const live = useMemo(() => versionOf(row.object), [row.object]);
  /** What the edit began with; null: nothing is edited, and what is shown is what there is. */
  const [edit, setEdit] = useState<{ base: DocumentVersion; text: string } | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [theirs, setTheirs] = useState<DocumentVersion | null>(null);
  /** What trying out the text has given. */
  const [tried, setTried] = useState<ReactNode>(null);
  const [busy, setBusy] = useState(false);
  const refusal = useRefusal()({ resource: kind, verb: 'update' });
  const { base, text } = edit ?? { base: live, text: documentToText(live.document) };
  const parsed = useMemo(() => parseDocument(text), [text]);
  const mine = 'document' in parsed ? parsed.document : null;
  const patch = mine && patchBetween(base.document, mine);

  const stop = () => {
    setEdit(null);
    setTheirs(null);
    setProblem(null);
    setTried(null);
  };
  const attempt = async (run: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    setTried(null);
    await run().catch(setProblem);
    setBusy(false);
  };
  const apply = (from: DocumentVersion, wanted: ObjectDocument) =>
    attempt(async () => {
      const outcome = await applyEdit(from, wanted, {
        patch: (change, version) => patchObject(kind, name, change, version),
        read: () => readObject(kind, name),
      });
      if ('theirs' in outcome) return setTheirs(outcome.theirs);
      toast.success(documentText.applied(kind, name));
      stop();
    });

  if (theirs && mine)
    return (
      <Conflict
        base={base.document}
        mine={mine}
        theirs={theirs.document}
        busy={busy}
        takeTheirs={stop}
        overwrite={() => {
          const merged = withChanges(theirs.document, base.document, mine);
          setEdit({ base: theirs, text: documentToText(merged) });
          setTheirs(null);
          void apply(theirs, merged);
        }}
      />
    );
  const hasMoved = edit !== null && !isSame(asValue(live.document), asValue(base.document));
  return (
    <div className="flex flex-col gap-3">
      {hasMoved && (
        <Banner tone="warning" icon={TriangleAlert}>
          {documentText.moved}
        </Banner>
      )}
      {problem !== null && <Problem problem={problem} />}
      <Editor
        label={documentText.label(kind, name)}
        text={text}
        fault={'fault' in parsed ? documentText.unreadable(parsed.line, parsed.fault) : null}
        onChange={(changed) => {
          setEdit({ base, text: changed });
          setTried(null);
        }}
      />
      {patch && (
        <>
          <h3 className="font-medium">{documentText.changes}</h3>
          <DifferenceTable label={documentText.changes} differences={differences(asValue(base.document), asValue(mine))} />
          <CurlPreview
            requests={() => [
              {
                method: 'PATCH',
                path: `/v1/${plural[kind]}/${name}`,
                body: patch,
                headers: { 'If-Match': `"${base.resourceVersion}"` },
              },
            ]}
          />
        </>
      )}
      {tryOut && <div aria-live="polite">{tried}</div>}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          busy={busy}
          disabledReason={refusal ?? ('fault' in parsed ? parsed.fault : patch ? undefined : documentText.unchanged)}
          onClick={() => mine && void apply(base, mine)}
        >
          {documentText.apply}
        </Button>
        {tryOut && mine && patch && (
          <Button busy={busy} onClick={() => void attempt(async () => setTried(await tryOut.run(mine)))}>
            {tryOut.label}
          </Button>
        )}
        {edit && <Button onClick={stop}>{documentText.revert}</Button>}
      </div>
    </div>
  );
}

const asValue = (document: ObjectDocument | null): Value => document as unknown as Value;

/** What the API refused, with the fields that it names. */
function Problem({ problem }: { problem: unknown }) {
  return (
    <div role="alert">
      <Banner tone="failing" icon={CircleAlert}>
        {saidOf(problem)}
        {problem instanceof ApiProblem && problem.fields.length > 0 && (
          <ul className="mt-1">
            {problem.fields.map(({ pointer, detail }) => (
              <li key={pointer}>
                <code className="text-[12px]">{pointer.slice(1).replaceAll('/', '.')}</code>: {detail}
              </li>
            ))}
          </ul>
        )}
      </Banner>
    </div>
  );
}

interface EditorProps {
  label: string;
  text: string;
  fault: string | null;
  onChange: (text: string) => void;
}

/** A plain text area, as screen readers and every keyboard know it, with numbered lines. */
function Editor({ label, text, fault, onChange }: EditorProps) {
  const id = useId();
  const lines = text.split('\n').length;
  return (
    <div className="flex flex-col gap-1.5">
      <p id={`${id}-help`} className="text-[12px] text-ink-3">
        {documentText.help}
      </p>
      <div className="flex max-h-[32rem] min-h-48 overflow-y-auto rounded-lg border border-line-strong bg-surface font-mono text-[12px] leading-[18px] focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent has-aria-invalid:border-failing-bar">
        <pre aria-hidden="true" className="border-r border-line bg-sunken px-2.5 py-2 text-right text-ink-3 select-none">
          {Array.from({ length: lines }, (_, index) => index + 1).join('\n')}
        </pre>
        <textarea
          aria-label={label}
          aria-describedby={`${id}-help ${id}-fault`}
          aria-invalid={fault !== null || undefined}
          value={text}
          rows={lines}
          wrap="off"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          onChange={(event) => onChange(event.target.value)}
          className="min-w-0 flex-1 resize-none overflow-x-auto overflow-y-hidden px-2.5 py-2 outline-none"
        />
      </div>
      {fault !== null && <FieldError id={`${id}-fault`}>{fault}</FieldError>}
    </div>
  );
}
