// PROVISIONAL
import type { Network, Sandbox, Endpoint, Host, Probe, Driver } from './resources';
type J<T> = { headers: { [name: string]: unknown }; content: { 'application/json': T } };
type Err = { headers: { [name: string]: unknown }; content: { 'application/problem+json': { type: string } } };
type Get<T> = { parameters: { query?: { limit?: number }; header?: never; path?: never; cookie?: never }; requestBody?: never; responses: { 200: J<{ items: T[] }>; 400: Err } };
type Post<B, T> = { parameters: { query?: never; header?: { 'Idempotency-Key'?: string; Prefer?: string }; path?: never; cookie?: never }; requestBody: { content: { 'application/json': B } }; responses: { 201: J<T>; 400: Err } };
type Del = { parameters: { query?: { cascade?: boolean; force?: boolean }; header?: { 'If-Match'?: string }; path: { ref: string }; cookie?: never }; requestBody?: never; responses: { 202: J<unknown>; 204: { headers: { [name: string]: unknown }; content?: never }; 400: Err } };
type Verb<B, T> = { parameters: { query?: never; header?: { 'If-Match'?: string; Prefer?: string }; path: { ref: string }; cookie?: never }; requestBody?: { content: { 'application/json': B } }; responses: { 202: J<T>; 400: Err } };
type Meta = { metadata?: { name?: string; labels?: Record<string, string> } };
export interface paths {
  '/v1/drivers': { get: Get<Driver> };
  '/v1/hosts': { get: Get<Host> };
  '/v1/networks': { get: Get<Network>; post: Post<Meta & { spec: object }, Network> };
  '/v1/networks/{ref}': { delete: Del };
  '/v1/sandboxes': { get: Get<Sandbox>; post: Post<Meta & { spec: object }, Sandbox> };
  '/v1/sandboxes/{ref}': { delete: Del };
  '/v1/endpoints': { get: Get<Endpoint>; post: Post<Meta & { spec: object }, Endpoint> };
  '/v1/endpoints/{ref}': { delete: Del };
  '/v1/endpoints/{ref}/join': { post: Verb<{ sandbox: string }, Endpoint> };
  '/v1/endpoints/{ref}/leave': { post: Verb<never, Endpoint> };
  '/v1/probes': { post: Post<Meta & { spec: object }, Probe> };
}
export type components = object;
export type operations = object;
