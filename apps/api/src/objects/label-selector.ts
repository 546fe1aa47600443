import { labelKeyPattern, labelValuePattern, NetyardError } from '@netyard/contracts';

interface Requirement {
  key: string;
  /** Undefined: the key's presence is what matters. */
  value: string | undefined;
  negated: boolean;
}

/** Conditions on labels, all of which must hold. */
export class LabelSelector {
  private constructor(private readonly requirements: Requirement[]) {}

  /** Reads `a=b,c!=d,e,!f`. Throws NetyardError `unknown-parameter`, or with a pointer into the body where one is given. */
  static parse(text: string, pointer = '?labelSelector'): LabelSelector {
    return new LabelSelector(text.split(',').map((part) => parseRequirement(part.trim(), pointer)));
  }

  matches(labels: Record<string, string>): boolean {
    return this.requirements.every(({ key, value, negated }) => (value === undefined ? key in labels : labels[key] === value) !== negated);
  }

  /** The same as SQL on a column of labels; values are handed to `bind`, which gives their placeholders. */
  toSql(column: string, bind: (value: unknown) => string): string {
    return this.requirements
      .map(({ key, value, negated }) => {
        const holds = value === undefined ? `${column} ? ${bind(key)}` : `${column} @> ${bind(JSON.stringify({ [key]: value }))}::jsonb`;
        return negated ? `NOT (${holds})` : holds;
      })
      .join(' AND ');
  }
}

function parseRequirement(part: string, pointer: string): Requirement {
  const [, bang = '', key = '', operator, value] = /^(!?)([^=!]+?)(?:(!?=)(.*))?$/.exec(part) ?? [];
  const isValid = labelKeyPattern.test(key) && (value === undefined || labelValuePattern.test(value)) && !(bang && operator);
  if (isValid) return { key, value, negated: bang === '!' || operator === '!=' };
  const detail = `"${part}" is no label requirement: it must be key=value, key!=value, key or !key`;
  throw new NetyardError(pointer.startsWith('?') ? 'unknown-parameter' : 'invalid-value', detail, [{ pointer, detail }]);
}
