import { Injectable } from '@nestjs/common';
@Injectable()
export class NetworksService { [key: string]: any }
