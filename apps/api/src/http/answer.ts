/** What a service answers when status or headers depend on what happened. */
export class Answer<Body = unknown> {
  constructor(
    readonly status: number,
    readonly body: Body | undefined,
    readonly headers: Record<string, string> = {},
  ) {}

  static readonly gone = (headers: Record<string, string> = {}): Answer<never> => new Answer<never>(204, undefined, headers);
}
