/** The first three steps. */
export const tour = {
  title: 'Three steps to a first connection',
  dismiss: 'Do not show this again',
  done: 'done',
  steps: [
    { title: 'Create a network', say: 'A virtual switch with a subnet of its own.', action: 'Create network' },
    {
      title: 'Join two sandboxes',
      say: 'Each gets an interface with an address on it. A sandbox that is not there yet is made.',
      action: 'Join',
    },
    { title: 'See that they reach each other', say: 'Ping one from the other.', action: 'Ping' },
  ],
} as const;
