import { Injectable } from '@nestjs/common';
@Injectable()
export class WatchService { [key: string]: any }
