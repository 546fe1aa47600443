/**
 * What is typed on a host to enrol it, as one line. The token goes through a file of the shell's own making, so that it is in no argument of a
 * process, where everybody on the host could read it.
 */
export const enrolmentCommand = (apiUrl: string, host: string, token: string): string =>
  [
    'umask 077',
    'mkdir -p /etc/netyard',
    `printf %s '${token}' > /etc/netyard/enrolment`,
    `netyard-worker --api ${apiUrl} --name ${host} --token-file /etc/netyard/enrolment --state-dir /var/lib/netyard`,
  ].join(' && ');
