import { useRef } from 'react';

/**
 * Keys that make a request safe to repeat: the same for the same request, so that pressing the button again after a lost answer does not make a
 * second object, and another one as soon as anything in the form has changed.
 */
export function useIdempotencyKeys(): (request: unknown) => string {
  const keys = useRef(new Map<string, string>());
  return (request) => {
    const text = JSON.stringify(request);
    const key = keys.current.get(text) ?? randomKey();
    keys.current.set(text, key);
    return key;
  };
}

/** 128 random bits. `crypto.randomUUID` is missing where the page came over plain HTTP from another machine. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
