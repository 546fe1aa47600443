import { Injectable } from '@nestjs/common';
@Injectable()
export class EndpointsService { [key: string]: any }
