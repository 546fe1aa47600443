import 'react';

declare module 'react' {
  /** Lets a style set CSS variables, which class names then read. */
  interface CSSProperties {
    [variable: `--${string}`]: string | undefined;
  }
}
