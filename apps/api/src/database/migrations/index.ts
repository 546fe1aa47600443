import { Initial1764000000000 } from './0001-initial';
import { NamesAndPorts1764100000000 } from './0002-names-and-ports';
import { PoliciesAndInquiries1764200000000 } from './0003-policies-and-inquiries';
import { Overlays1764300000000 } from './0004-overlays';
import { Encryption1764400000000 } from './0005-encryption';
import { PortsEverywhere1764500000000 } from './0006-ports-everywhere';
import { Leases1764700000000 } from './0008-leases';
import { Tenants1765000000000 } from './0010-tenants';
import { SessionsAndAudit1765100000000 } from './0011-sessions-and-audit';
import { Quotas1765200000000 } from './0012-quotas';
import { HostCredentials1765300000000 } from './0013-host-credentials';
import { Routers1765500000000 } from './0015-routers';
import { ParentGrants1765500001000 } from './0016-parent-grants';
import { SignIn1765600000000 } from './0018-sign-in';
import { HostAuthority1765600001000 } from './0019-host-authority';
import { Moves1765700000000 } from './0020-moves';
import { WallsThroughParents1765700001000 } from './0021-walls-through-parents';
import { Changes1765800000000 } from './0022-changes';
import { EventHosts1765800001000 } from './0023-event-hosts';

/** In the order in which they are run. */
export const migrations = [
  Initial1764000000000,
  NamesAndPorts1764100000000,
  PoliciesAndInquiries1764200000000,
  Overlays1764300000000,
  Encryption1764400000000,
  PortsEverywhere1764500000000,
  Leases1764700000000,
  Tenants1765000000000,
  SessionsAndAudit1765100000000,
  Quotas1765200000000,
  HostCredentials1765300000000,
  Routers1765500000000,
  ParentGrants1765500001000,
  SignIn1765600000000,
  HostAuthority1765600001000,
  Moves1765700000000,
  WallsThroughParents1765700001000,
  Changes1765800000000,
  EventHosts1765800001000,
];
