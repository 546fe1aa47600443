import { forward } from '../../../../server/forward';

/** The API under the browser's session: the token is added here, on the server, so that no script in a page ever holds it. */
export { forward as DELETE, forward as GET, forward as HEAD, forward as PATCH, forward as POST, forward as PUT };

export const dynamic = 'force-dynamic';
