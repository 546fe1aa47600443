import { Injectable } from '@nestjs/common';
@Injectable()
export class SandboxesService { [key: string]: any }
