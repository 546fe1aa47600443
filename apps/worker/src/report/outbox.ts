import type { EventReport, InquiryReport, ObjectReport } from '@netyard/contracts';
import type { FromOperations } from '../operations/messages';

/** As many reports of what has gone are kept to be told once more. */
const goneLimit = 5_000;

type Report = Extract<FromOperations, { type: 'report' }>;

/**
 * What the host has to tell, in order, and each object's state only when it is news. A report may have to wait until the resolver has taken over the names
 * that go with it; those after it wait as well, so that the last word stays the last.
 */
export class Outbox {
  /** How each object was found or made at last. */
  readonly #last = new Map<string, string>();
  /** Objects of which the API has been told what is in `#last`. */
  readonly #told = new Set<string>();
  /** What has gone since everything was told anew. */
  #gone: ObjectReport[] = [];
  #next: Report = emptyReport();
  /** Reports that wait for the names of this number, and all before. */
  readonly #held: { sequence: number; report: Report }[] = [];
  #inForce = 0;

  constructor(private readonly emit: (message: FromOperations) => void) {}

  /** Whether the object was reported so before: what is done for it now repairs drift. */
  isRepetition(report: ObjectReport): boolean {
    return this.#last.get(report.id) === JSON.stringify(report);
  }

  /** `isForgotten`: nobody waits to hear of it. */
  report(report: ObjectReport, isForgotten: boolean): void {
    const text = JSON.stringify(report);
    if (this.#last.get(report.id) !== text) this.#told.delete(report.id);
    this.#last.set(report.id, text);
    if (this.#told.has(report.id) || isForgotten) return;
    this.#told.add(report.id);
    this.#next.objects.push(report);
  }

  gone(report: ObjectReport, isForgotten: boolean): void {
    this.forget(report.id);
    if (isForgotten) return;
    this.#next.objects.push(report);
    if (this.#gone.push(report) > goneLimit) this.#gone.shift();
  }

  forget(id: string): void {
    this.#last.delete(id);
    this.#told.delete(id);
  }

  event(event: EventReport): void {
    this.#next.events.push(event);
  }

  answer(report: InquiryReport): void {
    this.#next.inquiries.push(report);
  }

  /** The API does not wait for its disk when it takes a report: what a crash there has lost is said again, now and then and with each snapshot. */
  tellAnew(isWanted: (id: string) => boolean): void {
    this.#told.clear();
    this.#next.objects.push(...this.#gone.filter(({ id }) => !isWanted(id)));
    this.#gone = [];
  }

  /** Sends what has gathered, once the names of number `sequence` are in force; null: it waits for none of its own. */
  flush(sequence: number | null): void {
    const report = this.#next;
    if (report.objects.length + report.events.length + report.inquiries.length === 0 && sequence === null) return;
    this.#next = emptyReport();
    const barrier = Math.max(sequence ?? 0, this.#held.at(-1)?.sequence ?? 0);
    if (barrier <= this.#inForce) this.emit(report);
    else this.#held.push({ sequence: barrier, report });
  }

  /** The names up to this number are in force: what waited for them goes out, as `revise` leaves it. */
  inForce(sequence: number, revise: (report: ObjectReport) => ObjectReport): void {
    this.#inForce = sequence;
    while ((this.#held[0]?.sequence ?? Infinity) <= sequence) {
      const report = this.#held.shift()?.report ?? emptyReport();
      const objects = report.objects.map(revise);
      for (const object of objects) if (!object.gone) this.#last.set(object.id, JSON.stringify(object));
      if (objects.length + report.events.length + report.inquiries.length > 0) this.emit({ ...report, objects });
    }
  }

  /** What is left when the worker ends: it is true of the kernel, if not yet of the names. */
  flushAll(): void {
    this.flush(null);
    for (const { report } of this.#held.splice(0)) this.emit(report);
  }
}

const emptyReport = (): Report => ({ type: 'report', objects: [], events: [], inquiries: [] });
