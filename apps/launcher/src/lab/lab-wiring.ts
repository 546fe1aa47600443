// Runs once, as a process in a network namespace of its own inside the lab's room: an ordinary user who leaves the machine's namespace cannot come back.
import { addAddress, addBridge, addVeth, createNamespace, getLink, Namespace, RouteSocket, setLink } from '@netyard/netlink';

const underlayName = 'underlay';

function inside(namespace: Namespace, work: (socket: RouteSocket) => void): void {
  const socket = RouteSocket.open(namespace);
  try {
    work(socket);
  } finally {
    socket.close();
  }
}

function create(name: string): Namespace {
  const path = `/run/netns/${name}`;
  createNamespace(path);
  const namespace = Namespace.open(path);
  inside(namespace, (socket) => socket.request(setLink('lo', { up: true })));
  return namespace;
}

/** A host with `eth0` on the underlay: 198.51.100.N/24 and 2001:db8:51::N/64 (documentation prefixes of RFC 5737 and RFC 3849), and no way out. */
function addHost(underlay: Namespace, number: number): void {
  const name = `lab-${number}`;
  const host = create(name);
  inside(underlay, (socket) => {
    const masterIndex = getLink(socket, underlayName)?.index;
    socket.request(addVeth({ name, mtuBytes: 1500, peer: { name: 'eth0', namespace: host } }));
    socket.request(setLink(name, { masterIndex, up: true }));
  });
  inside(host, (socket) => {
    const link = getLink(socket, 'eth0');
    if (!link) throw new Error(`${name} has no eth0`);
    for (const address of [`198.51.100.${number}/24`, `2001:db8:51::${number.toString(16)}/64`])
      socket.request(addAddress(link.index, address));
    socket.request(setLink(link.index, { up: true }));
  });
}

const underlay = create(underlayName);
inside(underlay, (socket) => {
  socket.request(addBridge({ name: underlayName, macAddress: '02:00:00:00:00:fe', mtuBytes: 1500 }));
  socket.request(setLink(underlayName, { up: true }));
});
for (let number = 1; number <= Number(process.argv[2]); number++) addHost(underlay, number);
