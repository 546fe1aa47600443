'use client';

import { PlugZap } from 'lucide-react';
import { useEffect } from 'react';
import { useConnection } from '../../api/live';
import { frame } from '../../messages';
import { paths } from '../../paths';
import { Banner } from '../../ui/banner';
import { Time } from '../../ui/time';

const text = frame.connection;

/** Says so when what is shown may not be true any more, and goes away by itself. */
export function ConnectionBanner() {
  const connection = useConnection();
  useEffect(() => {
    if (connection.phase === 'signed-out') window.location.assign(paths.signIn);
  }, [connection.phase]);
  if (connection.phase === 'stale') {
    return (
      <Banner tone="warning" icon={PlugZap}>
        <strong className="font-semibold">{text.lost}</strong> {text.shownSince[0]}
        <Time at={new Date(connection.since).toISOString()} />
        {text.shownSince[1]}
      </Banner>
    );
  }
  if (connection.phase === 'connecting' && connection.problem) {
    return (
      <Banner tone="failing" icon={PlugZap}>
        <strong className="font-semibold">{text.lost}</strong> {connection.problem} {text.retried}
      </Banner>
    );
  }
  return null;
}
