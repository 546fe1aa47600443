import { join } from 'node:path';

const workspaceRoot = join(import.meta.dirname, '../..');

/** @type {import('next').NextConfig} */
export default {
  output: 'standalone',
  outputFileTracingRoot: workspaceRoot,
  turbopack: { root: workspaceRoot },
  transpilePackages: ['@netyard/api-client', '@netyard/contracts'],
  poweredByHeader: false,
  reactStrictMode: true,
  // Pages have no picture that would need it, and the library behind it is large and native.
  images: { unoptimized: true },
  devIndicators: false,
  // One package re-exports them all; only what is imported should be sent.
  experimental: { optimizePackageImports: ['radix-ui'] },
};
