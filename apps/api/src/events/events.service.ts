import { Injectable } from '@nestjs/common';
@Injectable()
export class EventsService { [key: string]: any }
