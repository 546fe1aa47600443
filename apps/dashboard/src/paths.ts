/** Every address that the dashboard serves, in one place. */
export const paths = {
  home: '/',
  signIn: '/sign-in',
  session: '/api/session',
  /** The API as the browser sees it: paths of the OpenAPI document go behind this. */
  apiBase: '/api',
} as const;
