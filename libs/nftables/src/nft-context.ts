import { closeSync, openSync } from 'node:fs';
import koffi from 'koffi';
import { inNamespace, type Namespace } from '@netyard/netlink';
import { describe } from './describe';
import { parseElement, parseEntry } from './element';
import type { ElementKey, Json, MapEntry, NftCommand, TableRef } from './ruleset';
import { toJson } from './to-json';

/** libnftables refused a transaction; nothing of it is in force. The message is the library's own. */
export class NftError extends Error {
  override readonly name = 'NftError';
}

/** Source: nftables/libnftables.h, libnftables(3). */
interface Library {
  contextNew(flags: number): unknown;
  contextFree(context: unknown): void;
  setOutputFlags(context: unknown, flags: number): void;
  bufferOutput(context: unknown): number;
  bufferError(context: unknown): number;
  outputText(context: unknown): string;
  errorText(context: unknown): string;
  run(context: unknown, commands: string): number;
}

/** Characters of a script that an error repeats. */
const scriptShown = 300;

/** The library waits by select(2), which ends the process for descriptors above 1,023; it opens a few. */
const highestDescriptor = 1_000;

function assertLowDescriptor(): void {
  const fd = openSync('/dev/null', 'r');
  closeSync(fd);
  if (fd > highestDescriptor) throw new NftError(`this process has ${fd} files open, too many for libnftables`);
}

/** Under load the kernel gives up a transaction that it would take a moment later; nothing of it is in force then. */
const transient = /Interrupted system call|Resource temporarily unavailable/;
const attempts = 5;

const outputJson = 1 << 4;
const outputTerse = 1 << 11;

let library: Library | undefined;

function loadLibrary(): Library {
  if (library) return library;
  let lib: ReturnType<typeof koffi.load>;
  try {
    lib = koffi.load('libnftables.so.1');
  } catch (cause) {
    throw new NftError('libnftables.so.1 is not installed: apt-get install libnftables1', { cause });
  }
  library = {
    contextNew: lib.func('void *nft_ctx_new(uint32_t flags)'),
    contextFree: lib.func('void nft_ctx_free(void *context)'),
    setOutputFlags: lib.func('void nft_ctx_output_set_flags(void *context, unsigned int flags)'),
    bufferOutput: lib.func('int nft_ctx_buffer_output(void *context)'),
    bufferError: lib.func('int nft_ctx_buffer_error(void *context)'),
    outputText: lib.func('const char *nft_ctx_get_output_buffer(void *context)'),
    errorText: lib.func('const char *nft_ctx_get_error_buffer(void *context)'),
    run: lib.func('int nft_run_cmd_from_buffer(void *context, const char *commands)'),
  };
  return library;
}

/**
 * A connection to the nftables of one namespace. Opening costs milliseconds, a transaction hundredths of one: keep it, and close it before the namespace is
 * to go away, since it holds it.
 */
export class NftContext {
  private constructor(
    private readonly lib: Library,
    private readonly handle: unknown,
    private readonly namespace: Namespace | undefined,
  ) {}

  /**
   * Opens a context in `namespace`, whatever namespace the thread is in later; without one, in the thread's own, where it has to be used as well.
   * Throws NftError that names the package when the library is missing.
   */
  static open(namespace?: Namespace): NftContext {
    const lib = loadLibrary();
    assertLowDescriptor();
    const make = (): unknown => lib.contextNew(0);
    const context = new NftContext(lib, namespace ? inNamespace(namespace, make) : make(), namespace?.copy());
    lib.bufferOutput(context.handle);
    lib.bufferError(context.handle);
    lib.setOutputFlags(context.handle, outputJson);
    return context;
  }

  /** All of the commands in one transaction, or none. Throws NftError. */
  apply(commands: readonly NftCommand[]): void {
    if (commands.length === 0) return;
    this.run(commands.map(toJson), () => commands.map(describe).join('; '));
  }

  /** All of a script in the language of nft(8) in one transaction, or none of it. Throws NftError. Equivalent to: `nft -f SCRIPT`. */
  runScript(script: string): void {
    this.execute(script, () => `nft -f: ${script.length > scriptShown ? `${script.slice(0, scriptShown)} …` : script}`);
  }

  /** The elements of a set; undefined when there is no such set. Equivalent to: `nft list set FAMILY TABLE SET`. */
  listElements(ref: TableRef, set: string): ElementKey[] | undefined {
    const answer = this.list({ set: { family: ref.family, table: ref.table, name: set } });
    const found = answer?.map((entry) => entry['set'] as { elem?: Json[] } | undefined).find(Boolean);
    return found && (found.elem ?? []).map(parseElement);
  }

  /** The entries of a map; undefined when there is no such map. Equivalent to: `nft list map FAMILY TABLE MAP`. */
  listEntries(ref: TableRef, map: string): MapEntry[] | undefined {
    const answer = this.list({ map: { family: ref.family, table: ref.table, name: map } });
    const found = answer?.map((entry) => entry['map'] as { elem?: Json[] } | undefined).find(Boolean);
    return found && (found.elem ?? []).map(parseEntry);
  }

  /** Objects of a table without their elements, as libnftables-json(5) has them; undefined when there is no such table. Equivalent to: `nft -t list table FAMILY TABLE`. */
  listTable(ref: TableRef): Record<string, Json>[] | undefined {
    this.lib.setOutputFlags(this.handle, outputJson | outputTerse);
    try {
      return this.list({ table: { family: ref.family, name: ref.table } });
    } finally {
      this.lib.setOutputFlags(this.handle, outputJson);
    }
  }

  /** A table in the language of nft(8), elements and counts included; undefined when there is no such table. Equivalent to: `nft list table FAMILY TABLE`. */
  listTableText({ family, table }: TableRef): string | undefined {
    this.lib.setOutputFlags(this.handle, 0);
    try {
      return this.execute(`list table ${family} ${table}`, () => `nft list table ${family} ${table}`);
    } catch (error) {
      if (error instanceof NftError && error.message.includes('No such file or directory')) return undefined;
      throw error;
    } finally {
      this.lib.setOutputFlags(this.handle, outputJson);
    }
  }

  /** Objects of a kind as libnftables-json(5) has them, elements and counts included; undefined when there is no such thing. Equivalent to: `nft -j list WHAT`. */
  list(what: Json): Record<string, Json>[] | undefined {
    try {
      const text = this.run([{ list: what }], () => `nft list ${JSON.stringify(what)}`);
      return (JSON.parse(text) as { nftables: Record<string, Json>[] }).nftables;
    } catch (error) {
      if (error instanceof NftError && error.message.includes('No such file or directory')) return undefined;
      throw error;
    }
  }

  private run(commands: Json[], equals: () => string): string {
    return this.execute(JSON.stringify({ nftables: commands }), equals);
  }

  private execute(text: string, equals: () => string): string {
    const execute = (): boolean => this.lib.run(this.handle, text) !== 0;
    // The library looks up the indexes of links through sockets that it opens anew, in the thread's namespace of that moment.
    let failed = true;
    let output = '';
    let error = '';
    for (let attempt = 1; failed && attempt <= attempts; attempt++) {
      failed = this.namespace ? inNamespace(this.namespace, execute) : execute();
      output = this.lib.outputText(this.handle);
      error = this.lib.errorText(this.handle);
      if (failed && !transient.test(error)) break;
    }
    if (failed) throw new NftError(`${equals()}: ${error.trim()}`);
    return output;
  }

  close(): void {
    this.lib.contextFree(this.handle);
    this.namespace?.close();
  }
}
