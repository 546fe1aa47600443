import { LineCounter, parseDocument as parseYaml, stringify, YAMLParseError } from 'yaml';
import { documentText } from '../../messages';
import { isRecord, isSame, type Value } from '../changes/difference';

/** What people may say of an object: its name, labels and spec. */
export interface ObjectDocument {
  metadata: { name: string; labels: Record<string, string> };
  spec: { [key: string]: Value };
}

/** The part of an object that is a document. */
export const documentOf = ({
  metadata: { name, labels },
  spec,
}: {
  metadata: ObjectDocument['metadata'];
  spec: object;
}): ObjectDocument => ({
  metadata: { name, labels },
  spec: structuredClone(spec) as ObjectDocument['spec'],
});

/** As YAML 1.2, without anchors. */
export const documentToText = (document: ObjectDocument): string => stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });

export type ParsedDocument = { document: ObjectDocument } | { fault: string; line: number | null };

/** Reads what was typed; a fault says where and why. Whether values are allowed is for the API to say. */
export function parseDocument(text: string): ParsedDocument {
  const lines = new LineCounter();
  const parsed = parseYaml(text, { lineCounter: lines, schema: 'core', maxAliasCount: 0 } as Parameters<typeof parseYaml>[1]);
  const [error] = parsed.errors;
  if (error) return { fault: firstSentence(error), line: lines.linePos(error.pos[0]).line };
  const value = toValue(parsed);
  if (!isRecord(value) || !isRecord(value['metadata']) || !isRecord(value['spec'])) return { fault: documentText.notAnObject, line: null };
  const { metadata, spec, ...others } = value;
  const { name, labels = {}, ...rest } = metadata;
  const [beyond] = [...Object.keys(others), ...Object.keys(rest).map((key) => `metadata.${key}`)];
  if (beyond !== undefined) return { fault: documentText.beyond(beyond), line: null };
  if (typeof name !== 'string' || !isRecord(labels)) return { fault: documentText.notAnObject, line: null };
  return { document: { metadata: { name, labels: labels as Record<string, string> }, spec } };
}

function toValue(parsed: ReturnType<typeof parseYaml>): Value | undefined {
  try {
    return parsed.toJS({ maxAliasCount: 0 }) as Value;
  } catch {
    return undefined;
  }
}

const firstSentence = (error: YAMLParseError | Error): string => error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? '';

/** The body of a PATCH that makes of one document the other; null: there is nothing to change. Labels and parts that are gone are null. */
export function patchBetween(before: ObjectDocument, after: ObjectDocument): { [key: string]: Value } | null {
  const labels = mergePatch(before.metadata.labels, after.metadata.labels, 1);
  const spec = mergePatch(before.spec, after.spec, 2);
  const metadata = {
    ...(before.metadata.name === after.metadata.name ? {} : { name: after.metadata.name }),
    ...(labels === null ? {} : { labels }),
  };
  if (Object.keys(metadata).length === 0 && spec === null) return null;
  return { ...(Object.keys(metadata).length > 0 ? { metadata } : {}), ...(spec === null ? {} : { spec }) };
}

/** What differs, as a merge patch (RFC 7396) down to a depth: below it a value is given as a whole, as the API takes it. */
function mergePatch(before: { [key: string]: Value }, after: { [key: string]: Value }, depth: number): { [key: string]: Value } | null {
  const patch: { [key: string]: Value } = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[key], after[key]];
    if (isSame(was, is)) continue;
    if (depth > 1 && isRecord(was) && isRecord(is)) patch[key] = mergePatch(was, is, depth - 1) ?? {};
    else patch[key] = is ?? null;
  }
  return Object.keys(patch).length === 0 ? null : patch;
}

/** One document with what differs between two others put into it. */
export function withChanges(onto: ObjectDocument, before: ObjectDocument, after: ObjectDocument): ObjectDocument {
  return merge(onto as unknown as Value, before as unknown as Value, after as unknown as Value) as unknown as ObjectDocument;
}

function merge(onto: Value | undefined, before: Value | undefined, after: Value | undefined): Value | undefined {
  if (isSame(before, after)) return onto;
  if (!isRecord(onto) || !isRecord(before) || !isRecord(after)) return after;
  const merged: { [key: string]: Value } = {};
  for (const key of new Set([...Object.keys(onto), ...Object.keys(after)])) {
    const value = merge(onto[key], before[key], after[key]);
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}
