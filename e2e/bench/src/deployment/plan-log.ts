import type { Bench } from '../bench';
import { until } from '../timing';
import type { Deployment } from './deployment';

/** What one statement reads, and by which indexes. */
export interface Plan {
  tables: string[];
  indexes: string[];
  /** Tables that it reads from end to end. */
  scanned: string[];
}

/** A node as EXPLAIN (FORMAT JSON) gives it. */
interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: PlanNode[];
}

/**
 * The plans of all statements that `work` makes a deployment's connections run, as the server itself logs them (auto_explain). The deployment must have been
 * started with `explain`. `work` is repeated until a statement on `table` is seen.
 */
export async function plansOf(bench: Bench, { databaseUrl }: Deployment, table: string, work: () => Promise<unknown>): Promise<Plan[]> {
  const postgres = await bench.postgres();
  const collector = new Collector();
  const stopListening = postgres.program.listen((line) => collector.take(line));
  const configure = async (sql: string): Promise<void> => {
    await postgres.execute(databaseUrl, sql);
    await postgres.execute(databaseUrl, 'SELECT pg_reload_conf()');
  };
  const found = (): Plan[] => collector.plans.filter(({ tables }) => tables.includes(table));
  try {
    await configure('ALTER SYSTEM SET auto_explain.log_min_duration = 0');
    // Connections read the new setting in their own time.
    await until(`the server logs how it reads ${table}`, async () => {
      await work();
      return found().length > 0;
    });
    return found();
  } finally {
    await configure('ALTER SYSTEM RESET auto_explain.log_min_duration');
    await until('the server logs no plans any more', async () => {
      const before = collector.plans.length;
      for (let time = 0; time < 5; time++) await work();
      return collector.plans.length === before;
    });
    stopListening();
  }
}

/** Throws, naming the table, when a plan reads one from end to end. */
export function assertIndexed({ scanned, tables }: Plan): void {
  if (scanned.length > 0)
    throw new Error(`the database reads ${scanned.join(', ')} from end to end, for a statement on ${tables.join(', ')}`);
}

/** Puts the log's lines together: `… plan:`, then JSON whose lines begin with a tab. */
class Collector {
  readonly plans: Plan[] = [];
  #lines: string[] | undefined;

  take(line: string): void {
    if (this.#lines !== undefined && line.startsWith('\t')) {
      this.#lines.push(line);
      if (line === '\t}') this.#finish(this.#lines);
    } else if (/plan:$/.test(line)) {
      this.#lines = [];
    }
  }

  #finish(lines: string[]): void {
    this.#lines = undefined;
    const plan: Plan = { tables: [], indexes: [], scanned: [] };
    read((JSON.parse(lines.join('\n')) as { Plan: PlanNode }).Plan, plan);
    this.plans.push(plan);
  }
}

function read(node: PlanNode, plan: Plan): void {
  const table = node['Relation Name'];
  if (table !== undefined) plan.tables.push(table);
  if (table !== undefined && node['Node Type'] === 'Seq Scan') plan.scanned.push(table);
  if (node['Index Name'] !== undefined) plan.indexes.push(node['Index Name']);
  for (const child of node.Plans ?? []) read(child, plan);
}
