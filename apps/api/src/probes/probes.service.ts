import { Injectable } from '@nestjs/common';
@Injectable()
export class ProbesService { [key: string]: any }
