const number = new Intl.NumberFormat('en');
const either = new Intl.ListFormat('en', { type: 'disjunction' });

const protocols = { any: 'any protocol', tcp: 'TCP', udp: 'UDP', sctp: 'SCTP', icmp: 'ICMP' } as const;
const ways = { both: '', ingress: ', into the network', egress: ', out of the network' } as const;

/** Who may reach whom on a network. */
export const policies = {
  network: 'Network',
  priority: 'Priority',
  rules: 'Rules',
  ruleCount: (count: number) => `Rules (${number.format(count)})`,
  noRules: 'None: the default decides.',
  everythingElse: 'Everything else',
  denied: 'denied',
  allowed: 'allowed',
  inForce: 'In force on',
  inForceNowhere: 'no host has an endpoint of its network',
  conditionsOn: (host: string) => `Conditions on ${host}`,
  flows: (count: number) => `${number.format(count)} ${count === 1 ? 'flow' : 'flows'}`,
  links: 'Policies',

  /** The parts of a sentence about one rule, of which the second is said with emphasis. */
  anyone: 'anyone',
  everyEndpoint: (network: string) => `every endpoint of ${network}`,
  labelled: (network: string, labels: string) => `endpoints of ${network} with ${labels}`,
  either: (sides: readonly string[]) => either.format(sides),
  verb: { allow: 'may reach', deny: 'may not reach' },
  rest: (whom: string, by: string, way: keyof typeof ways) => `${whom}${by}${ways[way]}`,
  by: (protocol: keyof typeof protocols, ports: readonly string[]) => {
    if (ports.length > 0) return ` by ${protocols[protocol]} port ${either.format(ports.map((port) => port.replace('-', '–')))}`;
    return protocol === 'any' ? '' : ` by ${protocols[protocol]}`;
  },

  tabs: { applies: 'Applies to', counters: 'Counters' },

  applies: {
    about: 'Endpoints that its rules select now, or whose flows its default decides on. Rules by their numbers.',
    networks: 'Networks',
    prefixes: 'Prefixes',
    asSource: 'As source',
    asDestination: 'As destination',
    byDefault: 'by the default',
    none: 'It applies to no endpoint now',
    noneHow: (network: string) => `No endpoint is selected by its rules. It decides as soon as one on ${network} is. From a shell:`,
  },

  counters: {
    about: 'New flows that each rule has decided since it is in force; answers and further packets of a flow pass with it.',
    rule: 'Rule',
    decides: 'Decides',
    newFlows: 'New flows',
    bytes: 'Bytes',
    byHost: 'By host',
    default: 'default',
    defaultDenies: 'Everything else is denied.',
    ofHost: (host: string, packets: number) => `${host} ${number.format(packets)}`,
    amount: (count: number) => number.format(count),
    none: 'Nothing is counted',
    noneHow: 'It has no rules, and its default allows.',
    notYet: 'It is in force on no host yet: there is nothing to count.',
  },

  form: {
    create: 'Create a policy',
    change: (name: string) => `Change policy ${name}`,
    description: 'Decides on new flows of a network’s endpoints. Flows that it denies are cut.',
    submitCreate: 'Create policy',
    submitChange: 'Save',
    preview: 'Preview',
    created: (name: string) => `Policy ${name} is being put in force`,
    changed: (name: string) => `Policy ${name} is being changed`,
    networkNeeded: 'Choose a network.',
    noNetwork: 'There is no network yet.',
    name: 'Name',
    nameLeftOut: 'chosen when left out',
    defaultHint: 'What no rule of any of the network’s policies matches.',
    defaults: { allow: 'is allowed', deny: 'is denied' },
    priorityHint: 'The lowest of a network’s policies is looked at first.',
    priorityFault: 'A priority is a number from −1000 to 1000.',
    firstDecides: 'the first that matches a new flow decides',
    sidesHint: 'From and to: endpoints, labels as key=value, prefixes, or network:name, with commas between.',
    addRule: 'Add a rule',
    rule: (index: number) => `Rule ${index}`,
    moveUp: (index: number) => `Move rule ${index} up`,
    moveDown: (index: number) => `Move rule ${index} down`,
    remove: (index: number) => `Remove rule ${index}`,
    action: 'Action',
    actions: { allow: 'Allow', deny: 'Deny' },
    protocol: 'Protocol',
    protocols,
    direction: 'Direction',
    directions: { both: 'both ways', ingress: 'into the network', egress: 'out of the network' },
    from: 'From',
    to: 'To',
    anyone: 'anyone',
    itsNetwork: 'its network',
    ports: 'Ports',
    allPorts: 'all',
  },

  preview: {
    title: 'Preview',
    flows: 'Flows that would be cut',
    none: 'No present flow would be cut',
    noneOf: (flows: number) => `of ${number.format(flows)}`,
    cut: (cut: number, flows: number) => `${number.format(cut)} of ${number.format(flows)} present flows would be cut`,
    party: (who: string, port: number | null) => `${who}${port === null ? '' : ` port ${port}`}`,
    byRule: (policy: string, index: number) => `by rule ${index} of ${policy}`,
    byDefault: (policy: string) => `by the default of ${policy}`,
    more: (count: number) => `and ${number.format(count)} more`,
  },

  removal: {
    title: (name: string) => `Delete policy ${name}?`,
    say: (network: string, endpoints: number) =>
      endpoints === 0
        ? `Nothing is on ${network} now. These rules no longer decide there:`
        : `What ${number.format(endpoints)} ${endpoints === 1 ? 'endpoint' : 'endpoints'} of ${network} may reach is no longer decided by:`,
    rules: 'No longer in force',
    default: 'Everything else is denied.',
    confirm: 'Delete policy',
    done: (name: string) => `Policy ${name} is being deleted`,
  },
} as const;
