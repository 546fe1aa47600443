import { Injectable } from '@nestjs/common';
@Injectable()
export class WorkerFeed { [key: string]: any }
