import type { Metadata, Viewport } from 'next';
import { ThemeProvider } from 'next-themes';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { frame, language } from '../messages';
import './globals.css';

export const metadata: Metadata = {
  title: { default: frame.product, template: `%s · ${frame.product}` },
  description: frame.description,
};
export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#13171d' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? '';
  return (
    // The theme's class is set by a script before React looks; that difference is meant.
    <html lang={language} suppressHydrationWarning>
      <body className="min-h-screen font-sans antialiased">
        <ThemeProvider
          attribute="class"
          themes={['light', 'dark', 'contrast']}
          defaultTheme="system"
          enableSystem
          disableTransitionOnChange
          nonce={nonce}
        >
          <NuqsAdapter>{children}</NuqsAdapter>
        </ThemeProvider>
      </body>
    </html>
  );
}
