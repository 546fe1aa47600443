import { connection } from 'next/server';
import { frame } from '../messages';
import { paths } from '../paths';

export default async function NotFound() {
  await connection();
  return (
    <main className="grid min-h-screen place-items-center p-6 text-center">
      <div className="flex flex-col gap-2">
        <h1 className="text-[20px] font-semibold">{frame.notFound.title}</h1>
        <p>
          <a href={paths.home} className="text-accent underline">
            {frame.notFound.back}
          </a>
        </p>
      </div>
    </main>
  );
}
