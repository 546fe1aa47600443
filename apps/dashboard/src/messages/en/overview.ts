/** What the overview says. */
export const overview = {
  summary: 'Summary',
  none: 'none yet',
  attention: (count: number) => (count === 1 ? 'One thing needs attention' : `${count} things need attention`),
  showAll: (count: number) => `Show all ${count}`,
  quotas: 'Quotas',
  hosts: 'Hosts',
  sandboxes: (count: number) => (count === 1 ? '1 sandbox' : `${count} sandboxes`),
} as const;
