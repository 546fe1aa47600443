import { connection } from 'next/server';
import { paths } from '../paths';

export default async function NotFound() {
  await connection();
  return (
    <main className="grid min-h-screen place-items-center p-6 text-center">
      <div className="flex flex-col gap-2">
        <h1 className="text-[20px] font-semibold">There is nothing at this address</h1>
        <p>
          <a href={paths.home} className="text-accent underline">
            Go to the networks
          </a>
        </p>
      </div>
    </main>
  );
}
