'use client';

import { createContext, useContext } from 'react';

const ApiUrlContext = createContext('http://127.0.0.1:8080');

/** Says where people reach the API, for the commands that the page shows. */
export const ApiUrlProvider = ApiUrlContext.Provider;
export const useApiUrl = (): string => useContext(ApiUrlContext);
