import { createHash, randomBytes } from 'node:crypto';

/** Tells what a secret is to whoever finds it in a log or a repository, and to programs that look for such. */
export const tokenPrefix = 'ny_';

/** A secret of 256 random bits. It is shown once; what is kept is its hash. */
export const newSecret = (prefix = tokenPrefix): string => `${prefix}${randomBytes(32).toString('base64url')}`;

/** Without salt or stretching: of 256 random bits nothing can be guessed, and so it can be looked up. */
export const secretHash = (secret: string): Buffer => createHash('sha256').update(secret).digest();
