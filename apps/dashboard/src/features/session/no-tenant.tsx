'use client';

import { session as text } from '../../messages';
import { Button } from '../../ui/button';
import { signOut } from './session-requests';

/** All that there is for somebody whom no tenant knows. */
export function NoTenant({ name }: { name: string }) {
  return (
    <main className="grid min-h-screen place-items-center p-6 text-center">
      <div className="flex max-w-lg flex-col items-center gap-3">
        <h1 className="text-[20px] font-semibold">{text.noTenant.title}</h1>
        <p className="text-ink-2">{text.noTenant.say(name)}</p>
        <Button onClick={() => void signOut()}>{text.signOut}</Button>
      </div>
    </main>
  );
}
