import { type DynamicModule, Module } from '@nestjs/common';
import { Config } from './config';
import { DriversController } from './drivers/drivers.controller';
import { EndpointsController } from './endpoints/endpoints.controller';
import { EndpointsService } from './endpoints/endpoints.service';
import { EventsController } from './events/events.controller';
import { EventsService } from './events/events.service';
import { HostsController } from './hosts/hosts.controller';
import { HostsService } from './hosts/hosts.service';
import { RegistrationService } from './hosts/registration.service';
import { ReportsService } from './hosts/reports.service';
import { WorkerController } from './hosts/worker.controller';
import { WorkerFeed } from './hosts/worker-feed';
import { NetworksController } from './networks/networks.controller';
import { NetworksService } from './networks/networks.service';
import { ProbesController } from './probes/probes.controller';
import { ProbesService } from './probes/probes.service';
import { SandboxesController } from './sandboxes/sandboxes.controller';
import { SandboxesService } from './sandboxes/sandboxes.service';
import { WatchController } from './watch/watch.controller';
import { WatchService } from './watch/watch.service';

@Module({
  controllers: [
    NetworksController,
    SandboxesController,
    EndpointsController,
    ProbesController,
    HostsController,
    WorkerController,
    DriversController,
    EventsController,
    WatchController,
  ],
  providers: [
    NetworksService,
    SandboxesService,
    EndpointsService,
    ProbesService,
    HostsService,
    RegistrationService,
    ReportsService,
    WorkerFeed,
    EventsService,
    WatchService,
  ],
})
export class AppModule {
  static with(config: Config): DynamicModule {
    return { module: AppModule, providers: [{ provide: Config, useValue: config }] };
  }
}
