'use client';

import { frame } from '../messages';
import { Button } from '../ui/button';

export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <main className="grid min-h-screen place-items-center p-6 text-center">
      <div className="flex max-w-lg flex-col items-center gap-3">
        <h1 className="text-[20px] font-semibold">{frame.broke.title}</h1>
        <p className="text-ink-2">{error.message}</p>
        <Button variant="primary" onClick={reset}>
          {frame.broke.again}
        </Button>
      </div>
    </main>
  );
}
