import type {
  DesiredInquiry,
  DesiredPolicy,
  EndpointCounters,
  EndpointId,
  HostTunnels,
  InquiryAnswer,
  InquiryReport,
  PolicyCounters,
  PolicyPreview,
  ResolverState,
  SandboxId,
  SandboxStack,
} from '@netyard/contracts';
import type { Joined } from '@netyard/drivers';
import { measureEndpoint, type ReadCounters } from '../counters/endpoint-counters';
import { observeEndpoints } from '../counters/host-counters';
import { messageOf } from '../report/conditions';
import type { ToResolver } from '../resolver/messages';
import type { Router } from '../routers/router';
import type { Routers } from '../routers/routers';
import type { DesiredStore } from './desired-store';

/** Over how long rates are measured. */
const measureMs = 500;

/** Answers the API's questions about the present state of the host. Nothing is changed by them. */
export class Inquiries {
  readonly #waiting = new Map<string, DesiredInquiry>();

  constructor(
    private readonly store: DesiredStore,
    private readonly countersOf: (joined: Joined) => ReadCounters,
    private readonly routers: Routers,
    private readonly tunnels: () => HostTunnels,
    private readonly stackOf: (id: SandboxId) => SandboxStack,
    private readonly askResolver: (message: ToResolver) => void,
    private readonly answer: (report: InquiryReport) => void,
  ) {}

  /** Begins to answer; `answer` is called with the result or the reason why there is none. */
  ask(inquiry: DesiredInquiry): void {
    this.#ask(inquiry).catch((error: unknown) => this.answer({ id: inquiry.id, answer: null, error: messageOf(error) }));
  }

  /** The resolver's answer. */
  inspected(id: string, state: ResolverState | null): void {
    const inquiry = this.#waiting.get(id);
    if (!inquiry) return;
    this.#waiting.delete(id);
    if (state) this.answer({ id: inquiry.id, answer: { type: 'resolver', resolver: state }, error: null });
    else this.answer({ id: inquiry.id, answer: null, error: 'the sandbox has no resolver on this host yet' });
  }

  async #ask(inquiry: DesiredInquiry): Promise<void> {
    const { id, question } = inquiry;
    if (question.type === 'resolver') {
      this.#waiting.set(id, inquiry);
      this.askResolver({ type: 'inspect', id, sandboxId: question.sandboxId });
      return;
    }
    this.answer({ id, answer: await this.#look(question), error: null });
  }

  async #look(question: Exclude<DesiredInquiry['question'], { type: 'resolver' }>): Promise<InquiryAnswer> {
    switch (question.type) {
      case 'endpoint-counters':
        return { type: 'endpoint-counters', counters: await this.#measure(question.endpointId) };
      case 'host-counters':
        return {
          type: 'host-counters',
          counters: observeEndpoints(
            question.endpointIds.flatMap((id) => this.store.joined(id) ?? []),
            this.countersOf,
          ),
        };
      case 'policy-counters':
        return { type: 'policy-counters', counters: this.#policyCounters(question.policyId) };
      case 'tunnels':
        return { type: 'tunnels', tunnels: this.tunnels() };
      case 'sandbox-stack':
        return { type: 'sandbox-stack', stack: this.stackOf(question.sandboxId) };
      case 'policy-preview':
        return { type: 'policy-preview', preview: this.#preview(question.policy) };
    }
  }

  /** Throws Error for a policy that is not on this host. */
  #policyCounters(policyId: string): PolicyCounters {
    const policy = this.store.policies.get(policyId);
    if (!policy) throw new Error(`policy ${policyId} is not on this host`);
    const router = this.#routerOf(policy);
    return router.inside(() => router.policies.counters(policyId));
  }

  #preview(policy: DesiredPolicy): PolicyPreview {
    const router = this.#routerOf(policy);
    return router.inside(() => router.policies.preview(policy));
  }

  /** Where the network of a policy is not on this host, neither are flows of it. */
  #routerOf(policy: DesiredPolicy): Router {
    return this.routers.ofPolicy(policy) ?? this.routers.host;
  }

  #measure(id: EndpointId): Promise<EndpointCounters> {
    const joined = this.store.joined(id);
    if (!joined) throw new Error(`endpoint ${id} is not joined on this host`);
    return measureEndpoint(this.countersOf(joined), joined.endpoint.limits, measureMs);
  }
}
