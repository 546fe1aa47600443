'use client';

import { PlugZap } from 'lucide-react';
import { useEffect } from 'react';
import { useConnection } from '../../api/live';
import { paths } from '../../paths';
import { Banner } from '../../ui/banner';
import { Time } from '../../ui/time';

/** Says so when what is shown may not be true any more, and goes away by itself. */
export function ConnectionBanner() {
  const connection = useConnection();
  useEffect(() => {
    if (connection.phase === 'signed-out') window.location.assign(paths.signIn);
  }, [connection.phase]);
  if (connection.phase === 'stale') {
    return (
      <Banner tone="warning" icon={PlugZap}>
        <strong className="font-semibold">The API does not answer.</strong> What you see is from{' '}
        <Time at={new Date(connection.since).toISOString()} />; it is brought up to date as soon as the connection is back. The networks
        themselves go on working meanwhile.
      </Banner>
    );
  }
  if (connection.phase === 'connecting' && connection.problem) {
    return (
      <Banner tone="failing" icon={PlugZap}>
        <strong className="font-semibold">The API does not answer.</strong> {connection.problem} It is tried again by itself.
      </Banner>
    );
  }
  return null;
}
