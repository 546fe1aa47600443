/**
 * Every text that the dashboard shows, by the part that shows it (ADR 32). A translation is a folder like `en` whose parts have the same
 * types; this file names the one that is built. Parts are apart so that a page brings its own words only.
 */
export * from './en';

/** Of the texts, for the `lang` of the pages. */
export const language = 'en';
