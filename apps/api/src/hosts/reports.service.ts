import { Injectable } from '@nestjs/common';
@Injectable()
export class ReportsService { [key: string]: any }
