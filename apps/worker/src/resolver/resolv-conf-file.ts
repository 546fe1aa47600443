import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

/** Beside an adopted file: what it said before. */
const savedSuffix = '.netyard-saved';

/** A sandbox's resolv.conf(5). A managed sandbox's is made and removed; somebody else's is written in place, since containers see it by its inode, and put back. */
export class ResolvConfFile {
  constructor(
    readonly path: string,
    readonly adopted: boolean,
  ) {}

  /** Writes the text unless the file says so already. Throws, naming the reason, for an adopted file that may not be written. */
  write(text: string, allowedDirectories: string[]): void {
    if (this.adopted) this.#assertAllowed(allowedDirectories);
    else this.#makeDirectory();
    const present = this.read();
    if (present === text) return;
    if (this.adopted && !existsSync(this.path + savedSuffix)) writeFileSync(this.path + savedSuffix, present ?? '');
    writeFileSync(this.path, text);
    if (present === undefined) chmodSync(this.path, 0o644);
  }

  /** Everybody in the sandbox reads the file, whatever the umask of the worker. */
  #makeDirectory(): void {
    const first = mkdirSync(dirname(this.path), { recursive: true });
    if (first === undefined) return;
    for (let made = dirname(this.path); made.length >= first.length; made = dirname(made)) chmodSync(made, 0o755);
  }

  /** Undefined when there is none. */
  read(): string | undefined {
    try {
      return readFileSync(this.path, 'utf8');
    } catch {
      return undefined;
    }
  }

  /** Removes the file, or puts back what it said. May be repeated. */
  remove(): void {
    if (this.adopted) {
      if (!existsSync(this.path + savedSuffix)) return;
      if (existsSync(this.path)) writeFileSync(this.path, readFileSync(this.path + savedSuffix));
      rmSync(this.path + savedSuffix);
      return;
    }
    rmSync(this.path, { force: true });
    try {
      rmdirSync(dirname(this.path));
    } catch {
      // Somebody keeps other files there (ip-netns(8)), or there is none.
    }
  }

  /** Who may name a file here may name any: only files that are meant for this are written. */
  #assertAllowed(directories: string[]): void {
    const path = resolve(this.path);
    if (basename(path) !== 'resolv.conf') throw new Error(`${path} is not called resolv.conf`);
    if (!directories.some((directory) => path.startsWith(`${directory}/`)))
      throw new Error(`${path} does not lie below ${directories.join(' or ')} (--resolv-conf-dirs)`);
    const parts = path.split('/');
    for (let count = 2; count <= parts.length; count++) {
      const part = parts.slice(0, count).join('/');
      const found = lstatSync(part, { throwIfNoEntry: false });
      if (!found) throw new Error(`${part} does not exist`);
      if (found.isSymbolicLink()) throw new Error(`${part} is a symbolic link`);
    }
    if (!lstatSync(path).isFile()) throw new Error(`${path} is no regular file`);
  }
}
