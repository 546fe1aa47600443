import type { Metadata } from 'next';
import { ObjectPage } from '../../../../features/page/object-page';
import { frame } from '../../../../messages';
import { paths } from '../../../../paths';

interface PageProps {
  params: Promise<{ name: string }>;
}

export const generateMetadata = async ({ params }: PageProps): Promise<Metadata> => ({ title: decodeURIComponent((await params).name) });

export default async function Page({ params }: PageProps) {
  const { name } = await params;
  return <ObjectPage kind="host" name={decodeURIComponent(name)} list={{ title: frame.places.hosts, path: paths.hosts }} />;
}
