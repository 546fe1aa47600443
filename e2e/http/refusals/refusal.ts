/** A request that is refused, and how. */
export interface Refusal {
  name: string;
  method?: 'post' | 'patch' | 'delete' | 'get' | 'put';
  path: string;
  body?: object | string;
  headers?: Record<string, string>;
  status: number;
  code: string;
  pointer?: string;
  detail: RegExp;
}
