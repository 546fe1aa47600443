import { Injectable } from '@nestjs/common';
@Injectable()
export class HostsService { [key: string]: any }
