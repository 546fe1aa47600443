let tenant: string | undefined;

/**
 * Says which tenant this page shows. Each of its requests names it, so that a page never acts in the tenant that another tab has changed to.
 * Undefined: the API's choice.
 */
export function lookAtTenant(name: string | undefined): void {
  tenant = name;
}

/** `fetch` for the page's requests to the API. */
export const tenantFetch: typeof fetch = (input, init) => {
  const request = new Request(input, init);
  if (tenant !== undefined && !request.headers.has('Netyard-Tenant')) request.headers.set('Netyard-Tenant', tenant);
  return fetch(request);
};
