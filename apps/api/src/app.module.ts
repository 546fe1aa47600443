import { type DynamicModule, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { TerminusModule } from '@nestjs/terminus';
import { LoggerModule } from 'nestjs-pino';
import { assertGuarded } from './access/access';
import { Authentication } from './access/authentication';
import { RequestLimit } from './access/request-limit';
import { FirstAdmin } from './access/first-admin';
import { AddressMapController } from './address-map/address-map.controller';
import { AddressMapService } from './address-map/address-map.service';
import { AuditController } from './audit/audit.controller';
import { AuditInterceptor } from './audit/audit.interceptor';
import { AuditLog } from './audit/audit-log';
import { AuditService } from './audit/audit.service';
import { FormerState } from './audit/former-state';
import { ChangesController } from './changes/changes.controller';
import { ChangesService } from './changes/changes.service';
import { Config } from './config';
import { Database } from './database/database';
import { DriversController } from './drivers/drivers.controller';
import { KeyQueries } from './encryption/key.queries';
import { EndpointCreation } from './endpoints/endpoint-creation';
import { EndpointQueries } from './endpoints/endpoint.queries';
import { EndpointsController } from './endpoints/endpoints.controller';
import { Joins } from './endpoints/joins';
import { EndpointsService } from './endpoints/endpoints.service';
import { EventsController } from './events/events.controller';
import { EventsService } from './events/events.service';
import { FeedHub } from './feed/feed-hub';
import { FeedLog } from './feed/feed-log';
import { FeedTransport } from './feed/transport/feed-transport';
import { NatsTransport } from './feed/transport/nats-transport';
import { PostgresTransport } from './feed/transport/postgres-transport';
import { HealthController } from './health/health.controller';
import { Metrics } from './health/metrics';
import { EnrolmentsController } from './hosts/enrolments.controller';
import { EnrolmentsService } from './hosts/enrolments.service';
import { HostAuthority } from './hosts/host-authority';
import { HostQueries } from './hosts/host.queries';
import { HostsController } from './hosts/hosts.controller';
import { HostsService } from './hosts/hosts.service';
import { RegistrationService } from './hosts/registration.service';
import { ReportsService } from './hosts/reports.service';
import { WorkerController } from './hosts/worker.controller';
import { WorkerFeed } from './hosts/worker-feed';
import { Housekeeping } from './housekeeping';
import { AnswerInterceptor } from './http/answer.interceptor';
import { AuthGuard } from './http/auth.guard';
import { IdempotencyInterceptor } from './http/idempotency.interceptor';
import { ProblemFilter } from './http/problem.filter';
import { QuietLogger } from './http/quiet-logger';
import { requestIdOf } from './http/request-id';
import { ScopeInterceptor } from './http/scope.interceptor';
import { RequestValidationPipe } from './http/validation.pipe';
import { NetworkQueries } from './networks/network.queries';
import { NetworksController } from './networks/networks.controller';
import { NetworksService } from './networks/networks.service';
import { SubnetChoice } from './networks/subnet-choice';
import { Removals } from './objects/removals';
import { Settling } from './objects/settling';
import { InquiriesController } from './inquiries/inquiries.controller';
import { InquiriesService } from './inquiries/inquiries.service';
import { InquiryQueries } from './inquiries/inquiry.queries';
import { PoliciesController } from './policies/policies.controller';
import { PoliciesService } from './policies/policies.service';
import { PolicyQueries } from './policies/policy.queries';
import { PortPlacement } from './ports/port-placement';
import { PeerQueries } from './overlay/peer.queries';
import { PortQueries } from './ports/port.queries';
import { PortsController } from './ports/ports.controller';
import { PortsService } from './ports/ports.service';
import { ProbeQueries } from './probes/probe.queries';
import { ProbesController } from './probes/probes.controller';
import { ProbesService } from './probes/probes.service';
import { RouterPool } from './routers/router-pool';
import { RouterQueries } from './routers/router.queries';
import { RoutersController } from './routers/routers.controller';
import { RoutersService } from './routers/routers.service';
import { SandboxQueries } from './sandboxes/sandbox.queries';
import { SandboxesController } from './sandboxes/sandboxes.controller';
import { SandboxMoves } from './sandboxes/sandbox-moves';
import { SandboxesService } from './sandboxes/sandboxes.service';
import { SessionsController } from './sessions/sessions.controller';
import { SessionsService } from './sessions/sessions.service';
import { SharesController } from './shares/shares.controller';
import { SharesService } from './shares/shares.service';
import { TenantSharesController } from './shares/tenant-shares.controller';
import { AccountUsers } from './sign-in/account-users';
import { OidcProviders } from './sign-in/oidc-providers';
import { SignInController } from './sign-in/sign-in.controller';
import { SignInService } from './sign-in/sign-in.service';
import { MembersController } from './tenants/members.controller';
import { MembersService } from './tenants/members.service';
import { TenantsController } from './tenants/tenants.controller';
import { TenantsService } from './tenants/tenants.service';
import { DeploymentTokensController } from './tokens/deployment-tokens.controller';
import { TokensController } from './tokens/tokens.controller';
import { TokensService } from './tokens/tokens.service';
import { TlsReload } from './tls/tls-reload';
import { UserQueries } from './users/user.queries';
import { UsersController } from './users/users.controller';
import { UsersService } from './users/users.service';
import { WatchController } from './watch/watch.controller';
import { WatchLimit } from './watch/watch-limit';
import { WatchService } from './watch/watch.service';

/** All routes there are. */
export const controllers = [
  NetworksController,
  SandboxesController,
  EndpointsController,
  PortsController,
  PoliciesController,
  InquiriesController,
  ProbesController,
  RoutersController,
  SharesController,
  TenantSharesController,
  AddressMapController,
  ChangesController,
  TenantsController,
  MembersController,
  TokensController,
  DeploymentTokensController,
  UsersController,
  SessionsController,
  SignInController,
  AuditController,
  // Before that of hosts, whose names would be taken for one.
  EnrolmentsController,
  HostsController,
  WorkerController,
  DriversController,
  EventsController,
  WatchController,
  HealthController,
];

// Before the first request, and before the document is made.
assertGuarded(controllers);

@Module({
  controllers,
  providers: [
    // Providers start in this order: the database is migrated before anything reads it.
    Database,
    {
      provide: FeedTransport,
      inject: [Config],
      useFactory: (config: Config): FeedTransport => (config.nats ? new NatsTransport(config) : new PostgresTransport(config)),
    },
    Authentication,
    HostAuthority,
    FirstAdmin,
    RequestLimit,
    FeedHub,
    FeedLog,
    RouterPool,
    RouterQueries,
    NetworkQueries,
    SandboxQueries,
    EndpointQueries,
    PeerQueries,
    KeyQueries,
    PortQueries,
    PolicyQueries,
    InquiryQueries,
    ProbeQueries,
    HostQueries,
    SubnetChoice,
    Removals,
    Settling,
    NetworksService,
    PortPlacement,
    Joins,
    SandboxMoves,
    SandboxesService,
    EndpointCreation,
    EndpointsService,
    PortsService,
    PoliciesService,
    InquiriesService,
    ProbesService,
    RoutersService,
    SharesService,
    AddressMapService,
    ChangesService,
    TenantsService,
    UserQueries,
    UsersService,
    MembersService,
    OidcProviders,
    SessionsService,
    AccountUsers,
    SignInService,
    AuditLog,
    FormerState,
    AuditService,
    TokensService,
    EnrolmentsService,
    HostsService,
    RegistrationService,
    ReportsService,
    WorkerFeed,
    EventsService,
    WatchLimit,
    WatchService,
    Housekeeping,
    Metrics,
    QuietLogger,
    TlsReload,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: AuthGuard },
    // The first is the outermost: all that the others do in the database is the tenant's; the second keeps what the third has made of the answer.
    { provide: APP_INTERCEPTOR, useClass: ScopeInterceptor },
    { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
    { provide: APP_PIPE, useClass: RequestValidationPipe },
  ],
})
export class AppModule implements NestModule {
  static with(config: Config): DynamicModule {
    const logger = LoggerModule.forRoot({
      pinoHttp: {
        level: config.logLevel,
        genReqId: requestIdOf,
        redact: ['req.headers.authorization', 'req.headers.cookie'],
        // Requests are debug: a busy worker would fill the log. What went wrong is told by the filter that answers it.
        customLogLevel: () => 'debug',
        autoLogging: config.logLevel === 'debug' || config.logLevel === 'trace',
        quietReqLogger: true,
      },
    });
    return {
      module: AppModule,
      global: true,
      imports: [logger, TerminusModule.forRoot({ logger: false }), ScheduleModule.forRoot()],
      providers: [{ provide: Config, useValue: config }],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(Metrics).forRoutes('*path');
  }
}
