import type { Metadata } from 'next';
import { ObjectPage } from '../../../../features/page/object-page';
import { frame } from '../../../../messages';
import { paths } from '../../../../paths';

interface PageProps {
  params: Promise<{ id: string }>;
}

export const generateMetadata = async ({ params }: PageProps): Promise<Metadata> => ({ title: decodeURIComponent((await params).id) });

export default async function Page({ params }: PageProps) {
  const { id } = await params;
  return <ObjectPage kind="policy" name={decodeURIComponent(id)} list={{ title: frame.places.policies, path: paths.policies }} />;
}
