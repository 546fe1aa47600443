'use client';

import { useApiUrl } from '../form/api-url';

/** What starts a worker on a host, with a token that is there already. */
export const useWorkerCommand = (): string => `npx netyard-worker --api ${useApiUrl()} --token "$NETYARD_TOKEN" --name "$(hostname)"`;
